// One packet: what arrived and what was answered, side by side.

import {get, post} from "./api.js";
import {byId, button, copy, el, toast} from "./dom.js";
import {bytesPane} from "./bytes.js";
import {isConnected} from "./events.js";
import {clock, count, duration, plural, symbol} from "./format.js";
import {bytesOf} from "./hex.js";
import {problem} from "./problem.js";

const FORGOTTEN = "The journal has forgotten this packet; newer ones are in the list.";

export class Detail {
    /** @param actions {select: position => …, filter: text => …, leave: () => …} */
    constructor(actions) {
        this.actions = actions;
        this.node = byId("detail");
        this.packet = null;
        this.position = null;
        this.answer = 0;
        this.asText = false;
        this.width = 16;
        this.firstKept = 0; // the journal's first position, as last reported
        this.node.addEventListener("keydown", event => {
            if (event.key === "Escape") {
                actions.leave();
            }
        });
        new ResizeObserver(() => {
            if (this.packet !== null && this.#bytesInALine() !== this.width) {
                this.#render();
            }
        }).observe(this.node);
        this.#empty("Select a packet to see its bytes.");
    }

    async show(position) {
        const other = position !== this.position;
        this.position = position;
        if (other) {
            this.answer = 0;
        }
        if (position === null) {
            this.packet = null;
            this.#empty("Select a packet to see its bytes.");
            return;
        }
        if (position < this.firstKept) {
            this.#missing(FORGOTTEN);
            return;
        }
        if (!isConnected()) {
            this.#missing("The bytes of this packet were not loaded before the connection ended.");
            return;
        }
        try {
            const packet = await get("packet", {position});
            if (position !== this.position) {
                return; // another one was selected meanwhile
            }
            if (JSON.stringify(packet) !== JSON.stringify(this.packet)) {
                this.packet = packet;
                this.#render();
            }
        } catch (e) {
            if (e.status === 404 && position === this.position) {
                this.#missing(FORGOTTEN);
            }
        }
    }

    /** A packet without its final fate is asked for again. */
    tick({first}) {
        this.firstKept = first;
        if (this.packet !== null && this.packet.class === "pending") {
            this.show(this.position);
        }
    }

    focus() {
        this.node.focus();
    }

    #empty(text) {
        this.node.replaceChildren(el("p", {className: "empty", text}));
    }

    /** What was loaded stays readable. */
    #missing(why) {
        if (this.packet === null || this.packet.position !== this.position) {
            this.packet = null;
            this.#empty(why);
        }
    }

    #render() {
        const {packet} = this;
        const answers = packet.answersFull ?? [];
        this.answer = Math.min(this.answer, Math.max(0, answers.length - 1));
        const answer = answers[this.answer] ?? null;
        const request = bytesOf(packet.hex);
        const reply = answer === null ? null : bytesOf(answer.hex);
        const {asText} = this;
        const width = this.#bytesInALine();
        this.width = width;
        const first = bytesPane({
            title: packet.direction === "in" ? "Request" : "Sent", bytes: request, other: reply, asText, width});
        const panes = [first.node];
        if (packet.direction === "in") {
            panes.push(answer === null ? this.#noAnswer() : bytesPane({
                title: answers.length > 1 ? `Answer ${this.answer + 1} of ${answers.length}` : "Answer",
                bytes: reply, other: request, asText, width, note: this.#answerNote(answer),
                controls: answers.length > 1 ? this.#switchAnswers(answers.length) : [],
            }).node);
        }
        if (packet.struct) {
            panes.push(structPane(packet.struct, first.mark));
        }
        this.node.replaceChildren(...[
            this.#heading(),
            this.#facts(),
            packet.failure ? problem({...packet.failure, kind: "runtime", help: ""}) : null,
            el("div", {className: "panes" + (packet.struct ? " with-struct" : "")}, ...panes),
        ].filter(each => each !== null));
    }

    /** As many as fit: 16, as in most dumps, or 8. */
    #bytesInALine() {
        const stacked = this.node.clientWidth <= 960;
        const struct = this.packet.struct && this.node.clientWidth > 1240 ? 310 : 0;
        return (this.node.clientWidth - struct) / (stacked ? 1 : 2) < 552 ? 8 : 16;
    }

    #heading() {
        const {packet} = this;
        const arrow = packet.direction === "in" ? `${packet.peer} → ${packet.server}` : `${packet.server} → ${packet.peer}`;
        return el("div", {className: "detail-head"},
            el("h2", {}, `#${count(packet.number)} `, el("span", {className: "address", text: arrow})),
            el("span", {className: "fate " + packet.class},
                el("span", {className: "symbol", text: symbol(packet.class), "aria-hidden": "true"}), packet.words),
            el("span", {className: "actions"},
                button("Copy hex", () => copy(packet.hex, "the bytes")),
                button("Copy command", () => copy(packet.command, "the command"), {title: packet.command}),
                button("Copy JUnit stub", () => copy(packet.junit, "the stub"), {title: packet.junit}),
                button("Only this peer", () => this.actions.filter("peer:" + packet.peer)),
                packet.direction === "in"
                    ? button("Send again", () => this.#resend(), {id: "resend", className: "primary"}) : null,
                button(this.asText ? "Show hex" : "Show text", () => {
                    this.asText = !this.asText;
                    this.#render();
                    byId("asText").focus();
                }, {id: "asText"})));
    }

    #facts() {
        const {packet} = this;
        const facts = [
            ["time", clock(packet.time)],
            ["length", plural(packet.length, "byte")],
            ["gap", duration(packet.gap)],
            ["waited", duration(packet.waited)],
            ["took", duration(packet.took)],
            ["handled by", packet.name],
            ["faults", packet.faults.join(", ")],
            ["reason", packet.failure ? "" : packet.reason], // the failure says it with its line
        ].filter(([, value]) => value);
        return el("dl", {className: "facts"},
            ...facts.map(([name, value]) => el("div", {}, el("dt", {text: name}), el("dd", {text: value}))));
    }

    #answerNote(answer) {
        const parts = [answer.words];
        if (answer.afterMicros !== null && answer.afterMicros !== undefined) {
            parts.push(`after ${duration(answer.afterMicros)}`);
        }
        if (answer.faults.length > 0) {
            parts.push(answer.faults.join(", "));
        }
        if (answer.reason) {
            parts.push(answer.reason);
        }
        return parts.join(" · ");
    }

    #switchAnswers(total) {
        const go = step => () => {
            this.answer = (this.answer + step + total) % total;
            this.#render();
        };
        return [button("‹", go(-1), {"aria-label": "Previous answer"}), button("›", go(1), {"aria-label": "Next answer"})];
    }

    #noAnswer() {
        const {packet} = this;
        return el("section", {className: "pane", "aria-label": "Answer"},
            el("h3", {text: "Answer"}),
            el("p", {className: "empty", text: packet.class === "pending"
                ? "The callback is still running." : `None: ${packet.words}${packet.reason && !packet.failure ? ", " + packet.reason : ""}.`}));
    }

    async #resend() {
        try {
            const sent = await post("resend", {position: this.packet.position});
            toast(sent.answers.length === 0
                ? `Sent from ${sent.from}; no answer.`
                : `Sent from ${sent.from}; answered after ${duration(sent.answers[0].afterMicros)}.`);
            if (sent.position !== null && sent.position !== undefined) {
                this.actions.select(sent.position);
            }
        } catch (e) {
            toast(e.message, "bad");
        }
    }
}

/** The fields that the callback overlays; pointing at one, or focusing it, marks its bytes in the request. */
function structPane(struct, mark) {
    const rows = struct.fields.map(field => {
        const range = [field.offset, field.offset + field.size];
        return el("tr", {
            tabindex: "0", mouseenter: () => mark(range), mouseleave: () => mark(null), focus: () => mark(range),
            blur: () => mark(null),
        },
        el("td", {className: "number", text: field.offset.toString(16).padStart(4, "0")}), el("td", {text: field.name}),
        el("td", {className: "muted", text: field.type}), el("td", {className: "value", text: field.value}));
    });
    return el("section", {className: "pane struct", "aria-label": "Struct"},
        el("h3", {}, `${struct.name} `, el("span", {className: "muted", text: struct.variable})),
        el("table", {},
            el("thead", {}, el("tr", {}, ...["At", "Field", "Type", "Value"].map(text => el("th", {scope: "col", text})))),
            el("tbody", {}, ...rows)));
}
