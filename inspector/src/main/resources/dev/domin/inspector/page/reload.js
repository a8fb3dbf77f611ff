// Reloads of the script: a short note when the new script runs, and the errors over the page when it was refused.

import {byId, button, el, toast} from "./dom.js";
import {on} from "./events.js";
import {plural} from "./format.js";
import {problem} from "./problem.js";
import {showView} from "./tabs.js";

let dismissed = -1; // the number of the reload whose errors were dismissed
let shown = -1;
let before = null; // what had the focus

export function setUpReloads() {
    on("reload", reload => {
        if (reload.ok) {
            hide();
            toast(`Reloaded: version ${reload.number} of the script runs.`, "good");
        } else {
            show(reload);
        }
    });
    // A page that is opened, or connects again, after the reload learns of its errors here.
    on("state", ({reload}) => {
        if (reload?.watching && reload.number > 0) {
            if (reload.ok) {
                hide();
            } else {
                show(reload);
            }
        }
    });
    addEventListener("keydown", event => {
        if (event.key === "Escape" && !byId("overlay").hidden) {
            event.preventDefault();
            dismissed = shown;
            hide();
        }
    });
}

function show(reload) {
    const key = reload.number;
    if (dismissed === key || shown === key) {
        return;
    }
    shown = key;
    const overlay = byId("overlay");
    const dismiss = () => {
        dismissed = key;
        hide();
    };
    overlay.replaceChildren(el("div", {className: "overlay-box"},
        el("div", {className: "overlay-head"},
            el("h2", {id: "overlayTitle", text: `The saved script has ${plural(reload.errors.length, "error")}`}),
            button("Dismiss", dismiss, {className: "quiet", title: "Esc"})),
        ...reload.errors.map(problem),
        el("p", {className: "muted"}, "The script from before runs on. This goes away with the next good version, or with ",
            el("kbd", {text: "Esc"}), ". ",
            button("Show the source", () => {
                dismiss();
                showView("script");
            }, {className: "link"}))));
    if (overlay.hidden) {
        before = document.activeElement;
        overlay.hidden = false;
    }
    overlay.focus();
}

function hide() {
    const overlay = byId("overlay");
    shown = -1;
    if (!overlay.hidden) {
        overlay.hidden = true;
        overlay.replaceChildren();
        before?.focus();
    }
}
