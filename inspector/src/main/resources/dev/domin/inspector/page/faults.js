// Faults with sliders. The text that they make is what `domin` takes after --faults; other faults can be written in it.

import {post} from "./api.js";
import {button, el, toast} from "./dom.js";
import {on} from "./events.js";
import {faultText, KINDS, readFaults, SIDES, withoutSeed} from "./faulttext.js";

const NAMES = {both: "Both ways", in: "Requests", out: "Answers"};

export function setUpFaults(node) {
    const cells = new Map();
    const amounts = new Map(); // exact, where a slider has steps
    const text = el("input", {id: "faultText", type: "text", spellcheck: "false", autocapitalize: "off",
        placeholder: "loss=5%,out.delay=20ms±5ms", "aria-describedby": "faultError"});
    const seed = el("input", {id: "faultSeed", type: "text", inputmode: "numeric", placeholder: "random"});
    const error = el("p", {id: "faultError", className: "error-text", role: "alert", hidden: true});
    const active = el("p", {id: "faultActive", className: "muted", role: "status"});
    const answering = el("button", {id: "answering", type: "button", "aria-pressed": "false", text: "Pause answering"});
    let edited = false; // what the user has set is not overwritten by what the server has

    const fromSliders = () => {
        edited = true;
        text.value = faultText((kind, side) => amounts.get(kind.name + side) ?? 0, readFaults(text.value).others);
    };
    const toSliders = () => {
        const {value} = readFaults(text.value);
        for (const kind of KINDS) {
            for (const side of SIDES) {
                amounts.set(kind.name + side, value(kind, side));
                show(cells.get(kind.name + side), kind, value(kind, side));
            }
        }
    };
    const rows = KINDS.map(kind => el("tr", {}, el("th", {scope: "row", text: kind.name, title: kind.hint}),
        ...SIDES.map(side => {
            const cell = el("input", {type: "range", id: `fault-${side}-${kind.name}`, min: "0", max: String(kind.max),
                step: String(kind.step), value: "0", "aria-label": `${kind.name}, ${NAMES[side].toLowerCase()}`});
            cells.set(kind.name + side, cell);
            cell.addEventListener("input", () => {
                amounts.set(kind.name + side, Number(cell.value));
                show(cell, kind, Number(cell.value));
                fromSliders();
            });
            return el("td", {}, el("div", {className: "slider"}, cell, el("output", {for: cell.id, text: "–"})));
        })));
    const apply = async wanted => {
        error.hidden = true;
        const body = {text: wanted};
        if (seed.value.trim() !== "") {
            body.seed = Number(seed.value.trim());
            if (!Number.isSafeInteger(body.seed)) {
                report(error, "The seed is a whole number, such as 42.");
                return;
            }
        }
        try {
            await post("faults", body);
            edited = false;
            text.value = wanted;
            toSliders();
            toast(wanted === "" ? "The faults are off." : "The faults are on.");
        } catch (e) {
            report(error, e.message);
        }
    };
    text.addEventListener("input", () => {
        edited = true;
        toSliders();
    });
    text.addEventListener("keydown", event => event.key === "Enter" && apply(text.value.trim()));
    node.append(
        el("h2", {id: "faultsTitle", text: "Faults"}), active,
        el("div", {className: "scroll-x", tabindex: "0", role: "group", "aria-label": "Sliders"},
            el("table", {className: "faults"},
                el("thead", {}, el("tr", {}, el("th", {scope: "col", text: "Fault"}),
                    ...SIDES.map(side => el("th", {scope: "col", text: NAMES[side]})))),
                el("tbody", {}, ...rows))),
        el("div", {className: "fault-text"},
            el("div", {className: "field"}, el("label", {for: "faultText", text: "As text"}), text),
            el("div", {className: "field"}, el("label", {for: "faultSeed", text: "Seed"}), seed)),
        error,
        el("div", {className: "actions"},
            button("Apply", () => apply(text.value.trim()), {id: "applyFaults", className: "primary"}),
            button("Clear", () => apply(""), {id: "clearFaults"}), answering),
        el("p", {className: "muted", text: "With the same seed and the same packets, the same faults happen again. "
            + "While answering is paused, each answer is lost by a fault; the callbacks run on."}));

    answering.addEventListener("click", async () => {
        try {
            await post("answering", {on: answering.getAttribute("aria-pressed") === "true"});
        } catch (e) {
            report(error, e.message);
        }
    });
    on("state", state => {
        const {faults} = state;
        active.textContent = `On: ${faults.text || faults.words}`; // a Java program can have rules without a text
        if (!faults.text && !faults.words) {
            active.textContent = "No faults are on.";
        }
        answering.setAttribute("aria-pressed", String(!state.answering));
        if (!edited && document.activeElement !== text && text.value !== withoutSeed(faults.text)) {
            text.value = withoutSeed(faults.text);
            toSliders();
        }
        if (!edited && faults.text !== "" && document.activeElement !== seed && faults.seed !== null) {
            seed.value = String(faults.seed);
        }
    });
}

function report(error, text) {
    error.hidden = false;
    error.textContent = text;
}

function show(cell, kind, amount) {
    const words = amount === 0 ? "–" : kind.text(amount);
    cell.value = String(amount);
    cell.nextElementSibling.textContent = words;
    cell.setAttribute("aria-valuetext", words === "–" ? "off" : words);
}
