// The script with its errors marked, and what it has printed.

import {get} from "./api.js";
import {byId, button, el, setText} from "./dom.js";
import {on} from "./events.js";
import {clock, fileName, plural} from "./format.js";
import {visibleString} from "./hex.js";
import {problem} from "./problem.js";

const MAX_LINES = 2000; // of the output; the server keeps what it keeps

let after = 0;
let atEnd = true;

export function setUpSource() {
    const source = el("div", {id: "source", className: "source", tabindex: "0", role: "group", "aria-label": "Source"});
    const output = el("div", {id: "output", className: "output", tabindex: "0", role: "log", "aria-label": "Output"});
    const title = el("span", {text: "Source"});
    const note = el("span", {className: "muted"});
    byId("view-script").append(
        el("section", {className: "half", "aria-label": "Script"},
            el("h2", {}, title, el("span", {id: "sourceNote", className: "muted"})), source),
        el("section", {className: "half", "aria-label": "Output and errors"},
            el("h2", {}, "Output", note, button("Clear", () => output.replaceChildren(), {title: "Clear what is shown here"})),
            output));
    output.addEventListener("scroll", () => {
        atEnd = output.scrollTop + output.clientHeight >= output.scrollHeight - 8;
    }, {passive: true});

    const load = async () => {
        try {
            show(source, title, await get("source"));
        } catch {
            // the banner says that the connection is lost
        }
    };
    on("connection", ({state}) => state === "connected" && load().then(() => loadOutput(output, note)));
    on("reload", load);
    on("output", data => addOutput(output, note, data));
    addEventListener("viewchange", event => event.detail === "script" && atEnd && toEnd(output));
    let errors = "";
    on("state", state => {
        const now = JSON.stringify(state.reload) + (state.errors ?? 0) + (state.callbacks ?? []).map(each => each.failed);
        if (now !== errors) {
            errors = now;
            load();
        }
    });
}

function show(node, title, {name, text, errors}) {
    setText(title, fileName(name) || "Source");
    const bad = errors.filter(each => each.kind !== "warning").length;
    const badge = byId("errorCount");
    badge.hidden = bad === 0;
    setText(badge, String(bad));
    badge.setAttribute("aria-label", plural(bad, "error"));
    setText(byId("sourceNote"), errors.length === 0 ? "no errors" : plural(errors.length, "problem"));
    if (!text) {
        node.replaceChildren(el("p", {className: "empty", text: "No source: the server belongs to a Java program."}));
        return;
    }
    const state = text + JSON.stringify(errors);
    if (node.dataset.length === String(state.length) && node.state === state) {
        return;
    }
    node.state = state;
    node.dataset.length = String(state.length);
    const place = node.scrollTop;
    node.replaceChildren(...text.replace(/\n$/, "").split("\n").flatMap((line, at) => lineOf(line, at + 1, errors)));
    node.scrollTop = place;
}

function lineOf(text, number, errors) {
    const here = errors.filter(each => each.line === number);
    const code = el("code");
    const first = here.find(each => each.column > 0);
    if (first) {
        const from = first.column - 1;
        const to = from + Math.max(1, first.length ?? 1);
        code.append(text.slice(0, from), el("mark", {text: text.slice(from, to) || " "}), text.slice(to));
    } else {
        code.textContent = text;
    }
    const line = el("div", {className: "line" + (here.length > 0 ? " wrong " + here[0].kind : "")},
        el("span", {className: "line-number", text: String(number), "aria-hidden": here.length === 0 ? "true" : "false"}),
        code);
    return [line, ...here.map(each => problem({...each, rendered: ""}))];
}

async function loadOutput(node, note) {
    try {
        addOutput(node, note, await get("output", {after}));
    } catch {
        // the banner says that the connection is lost
    }
}

function addOutput(node, note, {next, dropped, lines}) {
    const fresh = lines.filter(each => each.n >= after);
    after = Math.max(after, next);
    setText(note, dropped > 0 ? `${plural(dropped, "older line")} not kept` : "");
    if (fresh.length === 0) {
        if (node.childElementCount === 0) {
            node.append(el("p", {className: "empty", text: "The script has printed nothing yet."}));
        }
        return;
    }
    node.querySelector(".empty")?.remove();
    node.append(...fresh.slice(-MAX_LINES).map(each => el("div", {className: "line " + each.stream},
        el("time", {text: clock(each.time).slice(0, 12)}),
        el("span", {className: "stream", text: each.stream === "out" ? "" : each.stream}),
        el("code", {text: visibleString(each.text)}))));
    while (node.childElementCount > MAX_LINES) {
        node.firstElementChild.remove();
    }
    if (atEnd) {
        toEnd(node);
    }
}

function toEnd(node) {
    node.scrollTop = node.scrollHeight;
}
