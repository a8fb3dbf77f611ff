// The filter: typed, explained, and kept in the address.

import {onAddress, parameter, setParameter} from "./address.js";
import {byId, debounce, el} from "./dom.js";

const TERMS = [
    ["hello", "the word is in the payload's text, the peer, the fate or the faults"],
    ["\"two words\"", "the words with their space"],
    ["hex:01 ?? 03", "these bytes are somewhere in the payload; ?? is any byte"],
    ["peer:127.0.0.1:4000", "the peer's address, or a part of it"],
    ["server:5300", "the server's address, or a part of it"],
    ["fate:late", "the fate: answered, silent, failed, dropped, fault, pending, sent, …"],
    ["len>100", "the payload's length; also <, =, >=, <="],
    ["took>5ms", "the time in the callback; also <, =, >=, <="],
    ["waited>1ms", "the time until the callback began, such as for the script lock"],
    ["dir:in", "packets that arrived (in) or were sent (out)"],
    ["#17", "the packet with this number"],
    ["-fate:answered", "a term with - before it must not hold"],
];

/** @param apply is called with the filter when it was edited, and may answer with a promise */
export function setUpFilter(apply) {
    const input = byId("filter");
    const change = () => {
        setParameter("filter", input.value.trim());
        apply(input.value.trim());
    };
    const changeSoon = debounce(change, 150);
    input.addEventListener("input", changeSoon);
    input.addEventListener("keydown", event => {
        if (event.key === "Enter") {
            change();
        } else if (event.key === "Escape" && input.value !== "") {
            event.preventDefault();
            use("");
        }
    });
    const use = text => {
        input.value = text;
        change();
    };
    onAddress(() => {
        if (parameter("filter") !== input.value.trim()) {
            use(parameter("filter"));
        }
    });
    byId("filterHelp").append(...help(term => {
        use(`${input.value.trim()} ${term}`.trim());
        input.focus();
    }));
    use(parameter("filter"));
    return use;
}

function help(add) {
    const rows = TERMS.map(([term, meaning]) => el("tr", {},
        el("td", {}, el("button", {type: "button", className: "term", text: term, title: "Add it to the filter",
            click: () => add(term)})),
        el("td", {text: meaning})));
    return [
        el("h2", {text: "Filter"}),
        el("p", {text: "Terms with spaces between them: a packet is shown if all hold. Upper and lower case are the same."}),
        el("table", {}, el("tbody", {}, ...rows)),
        el("p", {text: "The download has the packets that match, too."}),
    ];
}

/** Shows where a filter is wrong: the filter again, with a mark below the place. */
export function showFilterError(filter, error) {
    const output = byId("filterError");
    byId("filter").setAttribute("aria-invalid", String(error !== null));
    output.hidden = error === null;
    output.replaceChildren();
    if (error !== null) {
        const at = Math.max(0, Math.min(error.at, filter.length));
        output.append(
            el("code", {},
                filter.slice(0, at), el("mark", {text: filter.slice(at, at + 1) || " "}), filter.slice(at + 1)),
            el("span", {text: `at ${at + 1}: ${error.message}`}));
    }
}
