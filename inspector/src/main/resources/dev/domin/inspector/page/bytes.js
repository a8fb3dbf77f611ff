// A pane with bytes, in which those that differ from the other side are marked.

import {button, el} from "./dom.js";
import {plural} from "./format.js";
import {dump, visibleText} from "./hex.js";

const LIMIT = 2048; // more is shown when asked for: 64 KiB are four thousand lines

/**
 * @param given {title, bytes, other: bytes or null, asText, width: bytes in a line, note, controls}
 * @returns {node, mark: range => …} where `mark` marks the bytes of a field
 */
export function bytesPane({title, bytes, other, asText, width, note = "", controls = []}) {
    const body = el("div", {className: asText ? "as-text" : width < 16 ? "dump narrow" : "dump", tabindex: "0", role: "group",
        "aria-label": `${title}: ${plural(bytes.length, "byte")}`});
    const state = {limit: LIMIT, marked: null};
    const differs = at => other !== null && (at >= other.length || bytes[at] !== other[at]);
    const draw = () => {
        const shown = Math.min(bytes.length, state.limit);
        const lines = asText
            ? [visibleText(bytes.subarray(0, shown))]
            : dump(bytes, {width, limit: shown, differs, marked: state.marked});
        body.replaceChildren(...lines);
        if (shown < bytes.length) {
            body.append(button(`Show all ${plural(bytes.length, "byte")}`, () => {
                state.limit = Infinity;
                draw();
            }));
        }
        if (bytes.length === 0) {
            body.append(el("p", {className: "empty", text: "No bytes: the datagram is empty."}));
        }
    };
    draw();
    const node = el("section", {className: "pane", "aria-label": title},
        el("h3", {}, title, el("span", {className: "muted", text: describe(bytes, other, note)}), ...controls), body);
    return {
        node,
        mark(range) {
            state.marked = range;
            if (!asText) {
                draw();
            }
        },
    };
}

function describe(bytes, other, note) {
    const parts = [plural(bytes.length, "byte")];
    if (note) {
        parts.push(note);
    }
    if (other !== null && note) { // said once, beside the answer
        parts.push(difference(bytes, other));
    }
    return parts.join(" · ");
}

function difference(bytes, other) {
    const shared = Math.min(bytes.length, other.length);
    let different = 0;
    for (let at = 0; at < shared; at++) {
        different += bytes[at] === other[at] ? 0 : 1;
    }
    if (different === 0 && bytes.length === other.length) {
        return "the same bytes as the request";
    }
    const parts = [plural(different, "byte") + (different === 1 ? " differs" : " differ")];
    if (bytes.length !== other.length) {
        parts.push(plural(Math.abs(bytes.length - other.length), "byte") + (bytes.length > other.length ? " more" : " fewer"));
    }
    return parts.join(", ");
}
