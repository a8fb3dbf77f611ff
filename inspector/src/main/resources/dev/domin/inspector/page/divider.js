// The line between the list and the detail: dragged, or moved with the arrow keys.

import {byId, stored} from "./dom.js";

const LEAST = 15;
const MOST = 85;

export function setUpDivider() {
    const divider = byId("divider");
    const split = byId("split");
    let share = Number(stored.get("split")) || 55;
    const apply = wanted => {
        share = Math.round(Math.max(LEAST, Math.min(MOST, wanted)));
        split.style.setProperty("--list-share", share + "%");
        divider.setAttribute("aria-valuenow", share);
        stored.set("split", String(share));
    };
    divider.addEventListener("keydown", event => {
        const step = {ArrowUp: -5, ArrowDown: 5}[event.key];
        if (step) {
            event.preventDefault();
            apply(share + step);
        }
    });
    divider.addEventListener("pointerdown", event => {
        event.preventDefault();
        divider.setPointerCapture(event.pointerId);
    });
    divider.addEventListener("pointermove", event => {
        if (divider.hasPointerCapture(event.pointerId)) {
            const box = split.getBoundingClientRect();
            apply((event.clientY - box.top) / box.height * 100);
        }
    });
    apply(share);
}
