// The list of packets: rows of a fixed height, of which only those in view exist.

import {byId, setText} from "./dom.js";
import {isConnected} from "./events.js";
import {count, plural} from "./format.js";
import {Matches} from "./matches.js";
import {headings, Row, ROW_HEIGHT} from "./rows.js";

const MARGIN = 12; // rows above and below the view that exist too, so that small scrolls show no gaps
const MAX_ELEMENTS = 80;

export class PacketList {
    /** @param onSelect is called with the position of the packet that was selected, and null for none */
    constructor(onSelect) {
        this.matches = new Matches();
        this.frame = byId("list");
        this.body = byId("rows");
        this.onSelect = onSelect;
        this.follow = true;
        this.frozenAt = null; // the next index when the list was paused
        this.pausedAt = 0; // the journal's next position then
        this.selected = {index: -1, position: null};
        this.forgetUnseen();
        this.expectedTop = 0;
        this.low = 0;
        this.pool = [];
        this.loading = null; // the promise of the request under way
        this.again = false;
        byId("columns").append(...headings());
        this.frame.addEventListener("scroll", () => this.#scrolled(), {passive: true});
        this.body.addEventListener("click", event => this.#clicked(event));
        new ResizeObserver(() => this.refresh()).observe(this.frame);
    }

    get end() {
        return this.frozenAt === null ? this.matches.next : Math.min(this.frozenAt, this.matches.next);
    }

    get paused() {
        return this.frozenAt !== null;
    }

    get pageRows() {
        return Math.max(1, Math.floor((this.frame.clientHeight - ROW_HEIGHT) / ROW_HEIGHT));
    }

    setFilter(filter) {
        this.matches.setFilter(filter);
        this.selected.index = -1;
        // Indices have another meaning now, so the place in the list and that of a pause are lost.
        return this.setFollow(true);
    }

    setFollow(follow) {
        this.follow = follow;
        this.forgetUnseen();
        if (follow) {
            this.frozenAt = null;
        }
        return this.refresh();
    }

    setPaused(paused) {
        this.frozenAt = paused ? this.matches.next : null;
        this.pausedAt = this.matches.journal.next;
        this.forgetUnseen();
        return paused ? this.#render() : this.refresh();
    }

    forgetUnseen() {
        this.unseen = 0;
        this.seen = 0;
        this.shownUpTo = 0;
        this.followedFrom = null;
    }

    /** Called four times a second while packets arrive. A paused list stays as it is. */
    tick(tick) {
        const changed = tick.next !== this.matches.journal.next || tick.first !== this.matches.journal.first;
        const {from, to} = this.#visible();
        if (!this.paused && (changed || !this.matches.complete || this.matches.unsettled(from, to))) {
            this.refresh();
        } else if (this.paused && changed) {
            this.matches.journal = {first: tick.first, next: tick.next, forgotten: tick.forgotten};
            this.#status();
        }
    }

    /** Loads what is in view, one request at a time: a slow answer must not make a queue of requests. */
    refresh() {
        if (!isConnected()) {
            this.#render();
            return Promise.resolve();
        }
        this.again = true;
        this.loading ??= this.#load().finally(() => {
            this.loading = null;
        });
        return this.loading;
    }

    async #load() {
        try {
            while (this.again) {
                this.again = false;
                const {from} = this.#visible();
                const rows = Math.min(this.pageRows + 2 * MARGIN, MAX_ELEMENTS);
                const ask = this.follow && !this.paused ? "end" : from - MARGIN;
                if (await this.matches.load(ask, rows)) {
                    this.#render();
                }
            }
        } catch {
            // the connection was lost, which the banner says; the next tick asks again
        }
    }

    #visible() {
        const from = this.low + Math.floor(this.frame.scrollTop / ROW_HEIGHT);
        return {from, to: from + this.pageRows + 1};
    }

    #render() {
        const {matches} = this;
        this.#keepPlace();
        const size = Math.max(0, this.end - matches.low);
        this.body.style.height = size * ROW_HEIGHT + "px";
        if (this.follow && !this.paused) {
            this.#scrollTo(this.frame.scrollHeight);
        }
        const {from, to} = this.#visible();
        this.#countUnseen(from);
        this.#place(Math.max(matches.low, from - MARGIN), Math.min(this.end, to + MARGIN));
        this.frame.setAttribute("aria-rowcount", size + 1);
        this.#status();
        this.onRender?.();
    }

    /** When the journal forgets rows above the view, the rows in view stay where they are on the screen. */
    #keepPlace() {
        const moved = this.matches.low - this.low;
        this.low = this.matches.low;
        if (moved !== 0 && !(this.follow && !this.paused)) {
            this.#scrollTo(Math.max(0, this.frame.scrollTop - moved * ROW_HEIGHT));
        }
    }

    #scrollTo(top) {
        this.frame.scrollTop = top;
        this.expectedTop = this.frame.scrollTop;
    }

    #place(from, to) {
        const rows = Math.max(0, Math.min(to - from, MAX_ELEMENTS));
        while (this.pool.length < rows) {
            const row = new Row(this.pool.length);
            this.pool.push(row);
            this.body.append(row.node);
        }
        let active = null;
        this.pool.forEach((each, slot) => {
            // index modulo the pool's size: while scrolling, an element keeps its packet and only new ones are written
            const index = from + (((slot - from) % this.pool.length) + this.pool.length) % this.pool.length;
            if (index >= from + rows) {
                each.hide();
                return;
            }
            const data = this.matches.row(index);
            const selected = data ? data.position === this.selected.position : index === this.selected.index;
            if (selected) {
                active = each.node.id;
                this.selected.index = index;
            }
            each.show(index, (index - this.low) * ROW_HEIGHT, data, selected);
        });
        if (active) {
            this.frame.setAttribute("aria-activedescendant", active);
        } else {
            this.frame.removeAttribute("aria-activedescendant");
        }
    }

    /** The rows between the last one shown and the first one in view were never on the screen. */
    #countUnseen(from) {
        if (this.follow && !this.paused) {
            this.followedFrom ??= from;
            this.seen += Math.max(0, this.end - Math.max(from, this.shownUpTo));
            this.shownUpTo = this.end;
            // Not a sum of gaps: a match can go again, such as one that is no longer pending, and would be counted twice.
            this.unseen = Math.max(0, this.end - this.followedFrom - this.seen);
        }
    }

    #scrolled() {
        const byUser = Math.abs(this.frame.scrollTop - this.expectedTop) > 2;
        const atEnd = this.frame.scrollTop + this.frame.clientHeight >= this.frame.scrollHeight - ROW_HEIGHT / 2;
        this.expectedTop = this.frame.scrollTop;
        if (byUser && this.follow && !atEnd) {
            this.follow = false;
        }
        if (byUser) {
            this.#render();
            this.refresh();
        }
    }

    #clicked(event) {
        const node = event.target.closest(".row");
        const row = this.pool.find(each => each.node === node);
        if (row && row.index >= 0) {
            this.select(row.index);
        }
    }

    /** Selects the row at an index and brings it into view; the list follows no longer, or the row would run away. */
    async select(index) {
        if (this.end <= this.matches.low) {
            return;
        }
        const wanted = Math.max(this.matches.low, Math.min(index, this.end - 1));
        this.follow = false;
        this.selected = {index: wanted, position: this.matches.row(wanted)?.position ?? null};
        const top = (wanted - this.low) * ROW_HEIGHT;
        const height = this.frame.clientHeight - ROW_HEIGHT; // the headings stay above the rows
        if (top < this.frame.scrollTop) {
            this.#scrollTo(top);
        } else if (top + ROW_HEIGHT > this.frame.scrollTop + height) {
            this.#scrollTo(top + ROW_HEIGHT - height);
        }
        this.#render();
        if (this.selected.position === null) {
            await this.refresh();
            this.selected.position = this.matches.row(wanted)?.position ?? null;
            this.#render();
        } else {
            this.refresh();
        }
        this.onSelect(this.selected.position);
    }

    /** Selects the packet at a position of the journal, whether its row is held or not. */
    selectPosition(position) {
        this.selected = {index: this.matches.indexOf(position), position};
        this.#render();
    }

    move(rows) {
        const start = this.selected.index >= 0 ? this.selected.index : rows > 0 ? this.#visible().from - 1 : this.end;
        return this.select(start + rows);
    }

    selectFirst() {
        return this.select(this.matches.low);
    }

    selectLast() {
        return this.select(this.end - 1);
    }

    /** Says what is shown, and what is not. */
    #status() {
        const {matches} = this;
        const {from, to} = this.#visible();
        const last = Math.min(to - 1, this.end);
        const what = matches.shown === "" ? "packets" : "matches";
        const parts = [];
        if (last > from) {
            parts.push(`${count(from + 1)}–${count(last)} of ${count(matches.next)} ${what}`);
        } else {
            parts.push(`no ${what}`);
        }
        if (!matches.complete) {
            parts.push("filter still scanning");
        }
        if (matches.first > 0) {
            parts.push(`the journal has forgotten the first ${count(matches.first)}`);
        }
        if (matches.low > matches.first) {
            parts.push(`${count(matches.low - matches.first)} older ones only with a filter`);
        }
        if (this.paused) {
            parts.push(`paused, ${plural(matches.journal.next - this.pausedAt, "packet")} arrived since`);
        } else if (this.follow && this.unseen > 0) {
            parts.push(`${count(this.unseen)} passed between two refreshes without being shown`);
        }
        setText(byId("listStatus"), parts.join(" · "));
    }
}
