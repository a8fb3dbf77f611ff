// The packets that match the filter, as the server numbers them, and the few of them that the page holds.

import {get} from "./api.js";

/** Browsers limit the height of an element: 400,000 rows of 24 pixels are below each one's limit. */
const MAX_ROWS = 400_000;
const MAX_COUNT = 300;

/**
 * A window over matches. Indices are absolute: index 5 is the fifth match (from 0) since the filter was first asked,
 * also when the journal has forgotten the first four. Only the rows of the last answer are held, so that the memory
 * does not grow with the traffic.
 */
export class Matches {
    filter = ""; // as it was typed, maybe with an error
    shown = ""; // whose matches are held: the last filter without an error
    first = 0;
    next = 0;
    complete = true;
    error = null;
    journal = {first: 0, next: 0, forgotten: 0};
    #rows = [];
    #from = 0;
    #newest = 0;

    /** The first index that the list can scroll to. */
    get low() {
        return Math.max(this.first, this.next - MAX_ROWS);
    }

    get size() {
        return this.next - this.low;
    }

    row(index) {
        return this.#rows[index - this.#from];
    }

    /** The index of the packet at a position of the journal, or -1 if its row is not held. */
    indexOf(position) {
        const found = this.#rows.findIndex(row => row.position === position);
        return found < 0 ? -1 : this.#from + found;
    }

    /** Whether a row between the indices can still change: its packet has no final fate, or is not held. */
    unsettled(from, to) {
        for (let index = Math.max(from, this.first); index < Math.min(to, this.next); index++) {
            const row = this.row(index);
            if (!row || row.class === "pending") {
                return true;
            }
        }
        return false;
    }

    setFilter(filter) {
        this.filter = filter;
        this.error = null; // the rows stay until the server has answered: no flicker while a term is typed
        this.#newest++; // an answer for the old filter that is under way is ignored
    }

    /**
     * Asks for rows: from an index, or the last ones ("end").
     *
     * @returns whether this was the newest request, so that what is held now is what was asked for
     */
    async load(from, count) {
        const request = ++this.#newest;
        const start = from === "end" ? "end" : Math.max(0, from);
        const filter = this.error === null ? this.filter : this.shown;
        const answer = await get("packets", {filter, from: start, count: Math.min(count, MAX_COUNT)});
        if (request !== this.#newest) {
            return false;
        }
        this.journal = {first: answer.first, next: answer.next, forgotten: answer.forgotten};
        if (answer.error) {
            this.error = answer.error;
            return true; // the matches of the last good filter stay
        }
        this.shown = filter;
        this.first = answer.firstMatch;
        this.next = answer.nextMatch;
        this.complete = answer.complete;
        this.#rows = answer.rows;
        this.#from = answer.from;
        return true;
    }
}
