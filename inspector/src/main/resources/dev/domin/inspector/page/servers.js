// Each server with its counters, and the callbacks with theirs.

import {byId, el, setClass, setText} from "./dom.js";
import {on} from "./events.js";
import {count, duration} from "./format.js";

const COUNTERS = [
    ["received", "received"], ["handled", "handled"], ["dropped", "dropped"], ["inFlight", "in flight"], ["sent", "sent"],
    ["lost", "lost", "By the system, before domin could read the packet"],
];

const MAX_CLOSED = 3;

const CALLBACK_COLUMNS = [
    ["name", "Callback"], ["packets", "Packets"], ["handled", "Answered"], ["silent", "No answer"], ["dropped", "Dropped"],
    ["late", "Late"], ["failed", "Failed"], ["p50", "p50"], ["p99", "p99"],
];

export function setUpServers() {
    const cards = el("div", {className: "cards"});
    const closed = el("p", {className: "muted closed-servers"});
    const callbacks = el("tbody");
    const none = el("p", {className: "empty", text: "No callback was called yet."});
    byId("view-servers").append(
        el("h2", {text: "Servers"}), cards, closed,
        el("h2", {text: "Callbacks"}),
        el("div", {className: "scroll-x", tabindex: "0", role: "group", "aria-label": "Callbacks"},
            el("table", {className: "numbers"},
                el("thead", {}, el("tr", {}, ...CALLBACK_COLUMNS.map(([, title]) => el("th", {scope: "col", text: title})))),
                callbacks)),
        none);
    on("state", state => {
        showServers(cards, closed, state.servers);
        showCallbacks(callbacks, state.callbacks ?? []);
        none.hidden = (state.callbacks ?? []).length > 0;
    });
}

/** The open servers, and the last ones that were closed: each reload of a script closes some. */
function newest(servers) {
    const open = servers.filter(server => server.state === "open");
    return [...open, ...servers.filter(server => server.state !== "open").reverse().slice(0, MAX_CLOSED)];
}

/** Elements stay the same between two states, so that a selection of text, or a reader's place, is kept. */
function showServers(cards, closed, servers) {
    if (servers.length === 0) {
        cards.replaceChildren(el("p", {className: "empty", text: "The script has opened no server yet."}));
        return;
    }
    const shown = newest(servers);
    closed.textContent = shown.length === servers.length ? ""
        : `${count(servers.length - shown.length)} more servers are closed.`;
    const keys = shown.map((server, at) => `${at} ${server.address}`);
    if (keys.join() !== [...cards.children].map(card => card.dataset.key ?? "").join()) {
        cards.replaceChildren(...shown.map((server, at) => card(server, keys[at])));
    }
    shown.forEach((server, at) => fill(cards.children[at], server));
}

function card(server, key) {
    return el("article", {className: "card", data: {key}, "aria-label": `Server ${server.address}`},
        el("h3", {}, el("span", {text: server.address}), el("span", {className: "muted", text: server.name}),
            el("span", {className: "chip"})),
        el("dl", {className: "counters"}, ...COUNTERS.map(([name, title, hint]) =>
            el("div", {data: {name}, title: hint}, el("dt", {text: title}), el("dd")))),
        el("dl", {className: "info"}));
}

function fill(node, server) {
    const chip = node.querySelector(".chip");
    setText(chip, server.state);
    setClass(chip, "chip " + (server.state === "open" ? "connected" : "ended"));
    for (const counter of node.querySelector(".counters").children) {
        const value = server[counter.dataset.name];
        setText(counter.lastElementChild, value === null || value === undefined ? "unknown" : count(value));
        setClass(counter, value > 0 && ["dropped", "lost"].includes(counter.dataset.name) ? "bad" : "");
    }
    const pairs = [...server.info.matchAll(/(\S+?)=("[^"]*"|\S*)/g)];
    const info = node.querySelector(".info");
    if (info.childElementCount !== pairs.length) {
        info.replaceChildren(...pairs.map(() => el("div", {}, el("dt"), el("dd"))));
    }
    pairs.forEach(([, name, value], at) => {
        setText(info.children[at].firstElementChild, name);
        setText(info.children[at].lastElementChild, value);
    });
}

function showCallbacks(body, callbacks) {
    while (body.childElementCount > callbacks.length) {
        body.lastElementChild.remove();
    }
    while (body.childElementCount < callbacks.length) {
        body.append(el("tr", {}, ...CALLBACK_COLUMNS.map(([key]) =>
            key === "name" ? el("th", {scope: "row"}) : el("td"))));
    }
    callbacks.forEach((callback, row) => CALLBACK_COLUMNS.forEach(([key], column) => {
        const value = callback[key];
        const cell = body.children[row].children[column];
        setText(cell, key === "name" ? value : key.startsWith("p5") || key.startsWith("p9") ? duration(value) : count(value));
        setClass(cell, value > 0 && ["dropped", "late", "failed"].includes(key) ? "bad" : "");
    }));
}
