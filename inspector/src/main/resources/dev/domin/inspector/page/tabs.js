// The views as tabs, with the arrow keys as for tabs elsewhere; which one is open is kept in the address.

import {onAddress, parameter, setParameter} from "./address.js";
import {byId} from "./dom.js";

let told = () => {};

const tabs = () => [...byId("tabs").querySelectorAll("[role=tab]:not([hidden])")];

export function showView(view) {
    const known = tabs().some(tab => tab.dataset.view === view) ? view : "packets";
    for (const tab of tabs()) {
        const chosen = tab.dataset.view === known;
        tab.setAttribute("aria-selected", String(chosen));
        tab.tabIndex = chosen ? 0 : -1;
        byId(tab.getAttribute("aria-controls")).hidden = !chosen;
    }
    setParameter("view", known === "packets" ? "" : known);
    dispatchEvent(new CustomEvent("viewchange", {detail: known}));
    told(known);
}

/** @param onView is called with the name of the view that was opened */
export function setUpTabs(onView) {
    told = onView;
    byId("tabs").addEventListener("click", event => {
        const tab = event.target.closest("[role=tab]");
        if (tab) {
            showView(tab.dataset.view);
        }
    });
    byId("tabs").addEventListener("keydown", event => {
        const all = tabs();
        const at = all.indexOf(document.activeElement);
        const to = {ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: all.length - 1}[event.key];
        if (to !== undefined && at >= 0) {
            event.preventDefault();
            const tab = all[(to + all.length) % all.length];
            showView(tab.dataset.view);
            tab.focus();
        }
    });
    onAddress(() => showView(parameter("view")));
    showView(parameter("view"));
}
