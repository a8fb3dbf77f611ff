// Small helpers for the document. Bytes of packets reach the page only as text nodes, never as markup.

export const byId = id => document.getElementById(id);

/** Creates an element. Attributes with a function are listeners; `text`, `className` and `data` mean what they say. */
export function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (typeof value === "function") {
            node.addEventListener(name, value);
        } else if (name === "text") {
            node.textContent = value;
        } else if (name === "className") {
            node.className = value;
        } else if (name === "data") {
            Object.assign(node.dataset, value);
        } else if (typeof value === "boolean") {
            node.toggleAttribute(name, value);
        } else if (value !== null && value !== undefined) {
            node.setAttribute(name, value);
        }
    }
    node.append(...children.filter(each => each !== null && each !== undefined));
    return node;
}

/** Writes a text only if it changed: most cells are the same between two refreshes, and a write costs a layout. */
export function setText(node, text) {
    if (node.textContent !== text) {
        node.textContent = text;
    }
}

export function setClass(node, name) {
    if (node.className !== name) {
        node.className = name;
    }
}

export function button(label, onClick, attributes = {}) {
    return el("button", {type: "button", text: label, click: onClick, ...attributes});
}

/** A message at the corner that goes away by itself. */
export function toast(text, kind = "") {
    const node = el("div", {className: "toast " + kind, text});
    byId("toasts").append(node);
    while (byId("toasts").childElementCount > 4) {
        byId("toasts").firstElementChild.remove();
    }
    setTimeout(() => node.remove(), kind === "bad" ? 8000 : 4000);
}

export async function copy(text, what) {
    try {
        await navigator.clipboard.writeText(text);
        toast(`Copied ${what}.`);
    } catch (e) {
        toast(`The browser does not allow copying: ${e.message}`, "bad");
    }
}

/** Calls at most once per `wait` milliseconds after the last request. */
export function debounce(action, wait) {
    let timer = 0;
    return (...given) => {
        clearTimeout(timer);
        timer = setTimeout(() => action(...given), wait);
    };
}

/** What was stored in this browser; the page works without. */
export const stored = {
    get(name) {
        try {
            return localStorage.getItem("domin." + name);
        } catch {
            return null;
        }
    },
    set(name, value) {
        try {
            if (value === null) {
                localStorage.removeItem("domin." + name);
            } else {
                localStorage.setItem("domin." + name, value);
            }
        } catch {
            // storage is switched off
        }
    },
};
