// Bytes as the lines of a hex dump, and as text in which nothing is invisible.

import {el} from "./dom.js";

export function bytesOf(hex) {
    const bytes = new Uint8Array(hex.length / 2);
    for (let at = 0; at < bytes.length; at++) {
        bytes[at] = parseInt(hex.slice(2 * at, 2 * at + 2), 16);
    }
    return bytes;
}

/** Reads bytes as people write them: `01 02`, `0x0102`, `01:02`. Null if it is no hexadecimal. */
export function readHex(text) {
    const digits = text.replace(/0x/gi, "").replace(/[\s:,-]/g, "");
    return digits.length % 2 === 0 && /^[0-9a-f]*$/i.test(digits) ? digits.toLowerCase() : null;
}

const pair = byte => byte.toString(16).padStart(2, "0");

const printable = byte => byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·";

/**
 * The lines of a dump.
 *
 * @param options {width: bytes in a line, limit: bytes shown, differs: at => boolean, marked: [from, to) or null}
 */
export function dump(bytes, {width, limit, differs, marked}) {
    const lines = [];
    for (let start = 0; start < Math.min(bytes.length, limit); start += width) {
        const end = Math.min(start + width, bytes.length, limit);
        const hex = el("span", {className: "bytes"});
        const text = el("span", {className: "chars"});
        for (let at = start; at < end;) {
            const kind = kindOf(at, differs, marked);
            let stop = at + 1;
            // Runs of one kind share an element; the gap in the middle of a line ends a run, so that marks do not span it.
            while (stop < end && kindOf(stop, differs, marked) === kind && (stop - start) % 8 !== 0) {
                stop++;
            }
            const run = bytes.subarray(at, stop);
            append(hex, kind, Array.from(run, pair).join(" "));
            append(text, kind, Array.from(run, printable).join(""));
            hex.append(stop < end ? (stop - start) % 8 === 0 ? "  " : " " : "");
            at = stop;
        }
        lines.push(el("div", {className: "line"},
            el("span", {className: "offset", text: start.toString(16).padStart(4, "0")}), hex, text));
    }
    return lines;
}

function kindOf(at, differs, marked) {
    const field = marked !== null && at >= marked[0] && at < marked[1];
    return (differs(at) ? "differs" : "") + (field ? " in-field" : "");
}

function append(parent, kind, text) {
    parent.append(kind === "" ? text : el("mark", {className: kind.trim(), text}));
}

/**
 * Bytes as UTF-8 text. Control characters, and what could change the direction or the look of the text around it, are
 * shown as escapes, such as \x1b.
 */
export function visibleText(bytes) {
    let text;
    try {
        text = new TextDecoder("utf-8", {fatal: true, ignoreBOM: true}).decode(bytes);
    } catch {
        return Array.from(bytes, byte => byte < 0x80 ? visible(String.fromCharCode(byte)) : "\\x" + pair(byte)).join("");
    }
    return visibleString(text);
}

export const visibleString = text => Array.from(text, visible).join("");

const ESCAPES = {"\n": "\\n\n", "\r": "\\r", "\t": "\\t"};

function visible(character) {
    const code = character.codePointAt(0);
    if (ESCAPES[character]) {
        return ESCAPES[character];
    }
    if (code < 0x20 || code === 0x7f) {
        return "\\x" + pair(code);
    }
    return /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.test(character) ? `\\u{${code.toString(16)}}` : character;
}
