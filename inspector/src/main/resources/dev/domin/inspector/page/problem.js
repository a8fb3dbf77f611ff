// An error of the script with the line that it is about.

import {el} from "./dom.js";

/** @param error {kind, line, column, length, message, help, source, rendered} */
export function problem(error) {
    const place = error.line ? `line ${error.line}${error.column ? ", column " + error.column : ""}` : "";
    return el("div", {className: "problem " + (error.kind === "warning" ? "warning" : "error")},
        el("p", {}, el("strong", {text: error.kind === "warning" ? "Warning" : "Error"}),
            place === "" ? null : el("span", {className: "muted", text: place}),
            error.rendered ? null : el("span", {text: error.message})),
        // what the terminal shows has the message, the line and the help
        error.rendered ? el("pre", {text: plain(error.rendered)}) : null,
        error.help && !error.rendered ? el("p", {className: "muted", text: error.help}) : null);
}

/** The text that a terminal gets, without its colours. */
// eslint-disable-next-line no-control-regex
const plain = text => text.replace(/\u001b\[[0-9;]*m/g, "").trimEnd();
