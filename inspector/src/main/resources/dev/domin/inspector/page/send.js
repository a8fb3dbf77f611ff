// Sends a packet from a client port of its own, and shows the answers.

import {post} from "./api.js";
import {button, el} from "./dom.js";
import {on} from "./events.js";
import {duration, plural} from "./format.js";
import {bytesOf, readHex, visibleText} from "./hex.js";

const MAX_SHOWN = 20;

export function setUpSend(node) {
    const server = el("select", {id: "sendServer"});
    const kind = el("select", {id: "sendKind"}, el("option", {value: "text", text: "text"}), el("option", {value: "hex", text: "hex"}));
    const body = el("textarea", {id: "sendBody", rows: "4", spellcheck: "false", autocapitalize: "off",
        "aria-describedby": "sendHint sendError"});
    const within = el("input", {id: "sendWithin", type: "number", min: "1", max: "60000", value: "1000"});
    const error = el("p", {id: "sendError", className: "error-text", role: "alert", hidden: true});
    const log = el("div", {id: "sendLog", className: "send-log", role: "log", "aria-label": "Sent and answered"});
    const submit = el("button", {type: "submit", className: "primary", text: "Send"});
    const form = el("form", {className: "send"},
        field("Server", server), field("Packet as", kind), field("Packet", body, "wide"),
        el("p", {id: "sendHint", className: "muted wide",
            text: "Text is sent as UTF-8 as it stands, without a line end. Ctrl+Enter sends."}),
        error, field("Wait for an answer, ms", within), el("div", {className: "actions"}, submit));
    node.append(el("h2", {id: "sendTitle", text: "Send a packet"}), form, log);

    const say = text => {
        error.hidden = text === "";
        error.textContent = text;
        body.setAttribute("aria-invalid", String(text !== ""));
    };
    const send = async () => {
        const request = {server: server.value, within: Number(within.value) || 1000};
        if (kind.value === "hex") {
            request.hex = readHex(body.value);
            if (request.hex === null) {
                say("Write pairs of hexadecimal digits, such as 01 02 ff.");
                return;
            }
        } else {
            request.text = body.value;
        }
        say("");
        submit.disabled = true;
        try {
            log.prepend(entry(request, await post("send", request)));
            while (log.childElementCount > MAX_SHOWN) {
                log.lastElementChild.remove();
            }
        } catch (e) {
            say(e.message);
        } finally {
            submit.disabled = false;
        }
    };
    form.addEventListener("submit", event => {
        event.preventDefault(); // the page's policy forbids forms to go anywhere
        send();
    });
    body.addEventListener("keydown", event => {
        if (event.key === "Enter" && event.ctrlKey) {
            send();
        }
    });
    on("state", state => showServers(server, submit, state.servers));
}

function field(label, control, className = "") {
    return el("div", {className: "field " + className}, el("label", {for: control.id, text: label}), control);
}

function showServers(select, submit, servers) {
    const open = servers.filter(each => each.state === "open");
    const wanted = open.map(each => each.address);
    if (wanted.join() !== [...select.options].map(each => each.value).join()) {
        const chosen = select.value;
        select.replaceChildren(...open.map(each => el("option", {value: each.address, text: `${each.address} ${each.name}`})));
        if (wanted.includes(chosen)) {
            select.value = chosen;
        }
    }
    submit.disabled = open.length === 0;
    submit.title = open.length === 0 ? "No server is open" : "";
}

function entry(request, sent) {
    const {position, answers, from} = sent;
    const show = position === null || position === undefined ? null
        : button("Show", () => dispatchEvent(new CustomEvent("showpacket", {detail: position})),
            {className: "link", title: "The packet in the list"});
    return el("article", {},
        el("p", {}, el("span", {className: "muted", text: `${from} → ${request.server} `}), show),
        bytesLine("→", request.hex ?? null, request.text ?? null),
        ...(answers.length === 0
            ? [el("p", {className: "lost", text: `✕ no answer within ${duration(request.within * 1000)}`})]
            : answers.map(answer => el("div", {},
                bytesLine("←", answer.hex, null), el("p", {className: "muted",
                    text: `${plural(answer.hex.length / 2, "byte")} after ${duration(answer.afterMicros)}`})))));
}

function bytesLine(arrow, hex, text) {
    return el("div", {className: "sent-bytes"}, el("span", {text: arrow, "aria-hidden": "true"}),
        el("code", {text: text === null ? visibleText(bytesOf(hex)) : text}),
        hex === null ? null : el("code", {className: "muted", text: hex.replace(/(..)(?=.)/g, "$1 ")}));
}
