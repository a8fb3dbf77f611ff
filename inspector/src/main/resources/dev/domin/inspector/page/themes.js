// The button that changes between the system's theme, light and dark.

import {byId, stored} from "./dom.js";

const THEMES = {
    "": {name: "System", sign: "◐", next: "light"},
    light: {name: "Light", sign: "☀", next: "dark"},
    dark: {name: "Dark", sign: "☾", next: ""},
};

export function setUpTheme() {
    const root = document.documentElement;
    const label = () => {
        const {name, sign} = THEMES[root.dataset.theme ?? ""];
        byId("theme").textContent = sign;
        byId("theme").setAttribute("aria-label", `Theme: ${name}. Change it`);
        byId("theme").title = `Theme: ${name}`;
    };
    byId("theme").addEventListener("click", () => {
        const {next} = THEMES[root.dataset.theme ?? ""];
        if (next === "") {
            delete root.dataset.theme;
        } else {
            root.dataset.theme = next;
        }
        stored.set("theme", next === "" ? null : next);
        label();
        dispatchEvent(new Event("themechange")); // the plots are drawn on canvases, which know no styles
    });
    label();
}
