// The stream of events from the server, and who listens to it in the page.

import {get} from "./api.js";

const listeners = new Map();
const NAMES = ["state", "tick", "output", "reload", "end"];
const RETRY_MILLIS = [500, 1000, 2000, 5000];

let attempts = 0;
let ended = false;
let state = "connecting";

/** Whether requests make sense: a request to a server that is gone only fills the browser's console. */
export const isConnected = () => state === "connected" || state === "connecting";

/** `name` is an event of the server, or `connection` with {state: "connected" | "lost" | "ended" | "other", words}. */
export function on(name, listener) {
    listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

export function emit(name, data) {
    if (name === "connection") {
        state = data.state;
    }
    for (const listener of listeners.get(name) ?? []) {
        listener(data);
    }
}

/** Connects, and again when the connection is lost: by hand, because browsers differ in when they give up. */
export function connect() {
    const source = new EventSource("events");
    source.addEventListener("open", () => {
        attempts = 0;
        emit("connection", {state: "connected", words: ""});
    });
    for (const name of NAMES) {
        source.addEventListener(name, event => {
            const data = JSON.parse(event.data);
            if (name === "end") {
                ended = true;
                source.close();
                emit("connection", {state: "ended", words: data.words ?? ""});
            } else {
                emit(name, data);
            }
        });
    }
    source.addEventListener("error", () => {
        source.close();
        if (!ended) {
            attempts++;
            emit("connection", {state: "lost", words: "", attempts});
            setTimeout(reconnect, RETRY_MILLIS[Math.min(attempts, RETRY_MILLIS.length) - 1]);
        }
    });
}

/** Asks first with a plain request: its status says whether another run of domin has the port now. */
async function reconnect() {
    try {
        emit("state", await get("state"));
    } catch (e) {
        if (e.status === 403) {
            ended = true;
            emit("connection", {state: "other", words: ""});
            return;
        }
        attempts++;
        emit("connection", {state: "lost", words: "", attempts});
        setTimeout(reconnect, RETRY_MILLIS[Math.min(attempts, RETRY_MILLIS.length) - 1]);
        return;
    }
    connect();
}
