// The elements of the list's rows. They are made once and used again for other packets while the list scrolls.

import {el, setClass, setText} from "./dom.js";
import {clock, count, duration, shortAddress, symbol} from "./format.js";

export const ROW_HEIGHT = 24;

const COLUMNS = [
    {key: "number", title: "No.", text: row => count(row.number)},
    {key: "time", title: "Time", text: row => clock(row.time)},
    {key: "gap", title: "Gap", text: row => row.gap === null ? "" : "+" + duration(row.gap),
        hint: "Since the packet before it in the journal"},
    {key: "server", title: "Server", text: row => shortAddress(row.server), hint: "Ports alone are of 127.0.0.1"},
    {key: "peer", title: "Peer", text: row => shortAddress(row.peer), hint: "Ports alone are of 127.0.0.1"},
    {key: "length", title: "Bytes", text: row => lengths(row), hint: "Of the packet, and of its answer"},
    {key: "fate", title: "Fate", text: row => fate(row)},
    {key: "took", title: "Callback", text: row => duration(row.took), hint: "Time in the callback"},
    {key: "head", title: "First bytes", text: row => row.text},
];

const lengths = row => row.answerLength === null || row.answerLength === undefined
    ? count(row.length) : `${count(row.length)} → ${count(row.answerLength)}`;

function fate(row) {
    const words = row.words + (row.answers > 1 ? ` ×${row.answers}` : "") + (row.duplicate ? ", a duplicate" : "");
    return row.faults.length === 0 || row.class === "fault" ? words : `${words} (${row.faults.join(", ")})`;
}

export function headings() {
    return COLUMNS.map((column, at) => el("span",
        {role: "columnheader", className: "c-" + column.key, text: column.title, title: column.hint, "aria-colindex": at + 1}));
}

/** One row's elements. */
export class Row {
    constructor(slot) {
        this.index = -1;
        this.cells = COLUMNS.map((column, at) =>
            el("span", {role: "gridcell", className: "c-" + column.key, "aria-colindex": at + 1}));
        // The head has the bytes as text and, in grey, in hexadecimal; the fate has its symbol before the words.
        const head = this.cells.at(-1);
        this.hex = el("span", {className: "hex"});
        this.text = el("span", {className: "text"});
        head.append(this.text, this.hex);
        this.symbol = el("span", {className: "symbol", "aria-hidden": "true"});
        this.words = el("span");
        this.cells[6].append(this.symbol, this.words);
        this.node = el("div", {role: "row", id: "row-" + slot, className: "row"}, ...this.cells);
    }

    /** Shows a packet at an index; `row` is undefined while it is being loaded. */
    show(index, top, row, selected) {
        if (this.index !== index) {
            this.index = index;
            this.node.setAttribute("aria-rowindex", index + 2); // the headings are row 1
        }
        const place = `translateY(${top}px)`;
        if (this.node.style.transform !== place) {
            this.node.style.transform = place;
        }
        this.node.hidden = false;
        this.node.setAttribute("aria-selected", String(selected));
        if (!row) {
            setClass(this.node, "row loading");
            this.cells.slice(0, 6).forEach(cell => setText(cell, ""));
            setText(this.cells[7], "");
            [this.symbol, this.words, this.hex, this.text].forEach(each => setText(each, ""));
            return;
        }
        setClass(this.node, `row ${row.class} ${row.direction}${selected ? " selected" : ""}${index % 2 ? " odd" : ""}`);
        for (const [at, column] of COLUMNS.entries()) {
            if (at !== 6 && at !== 8) {
                setText(this.cells[at], column.text(row));
            }
        }
        setText(this.symbol, symbol(row.class));
        setText(this.words, fate(row));
        this.cells[6].title = row.reason;
        setText(this.hex, row.head.replace(/(..)(?=.)/g, "$1 "));
        setText(this.text, row.text);
    }

    hide() {
        this.index = -1;
        this.node.hidden = true;
    }
}
