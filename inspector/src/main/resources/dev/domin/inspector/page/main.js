// Starts the page: views, keys, and who is told what the server reports.

import {parameter, setParameter} from "./address.js";
import {post} from "./api.js";
import {setUpAct} from "./act.js";
import {byId, el, setText, toast} from "./dom.js";
import {Detail} from "./detail.js";
import {connect, on} from "./events.js";
import {setUpFilter, showFilterError} from "./filter.js";
import {count, fileName, plural} from "./format.js";
import {PacketList} from "./list.js";
import {setUpDivider} from "./divider.js";
import {setUpPlots} from "./plots.js";
import {setUpReloads} from "./reload.js";
import {setUpServers} from "./servers.js";
import {setUpSource} from "./source.js";
import {setUpStatus} from "./status.js";
import {setUpTabs, showView} from "./tabs.js";
import {setUpTheme} from "./themes.js";

const list = new PacketList(position => {
    detail.show(position);
    setParameter("packet", position === null ? "" : String(position));
});
const detail = new Detail({
    select: position => show(position),
    filter: text => useFilter(text),
    leave: () => list.frame.focus(),
});
const useFilter = setUpFilter(async filter => {
    await list.setFilter(filter);
    // Rows that come later are not announced: nobody could listen to them all.
    setText(byId("listAnnouncement"), list.matches.error === null ? plural(list.matches.next, "packet") : "");
});

let server = "";

/** Selects a packet that is known by its position in the journal. */
function show(position) {
    list.setFollow(false);
    list.selectPosition(position);
    detail.show(position);
    setParameter("packet", String(position));
}

addEventListener("showpacket", event => {
    showView("packets");
    show(event.detail);
});

list.onRender = () => {
    showFilterError(list.matches.filter, list.matches.error);
    byId("download").href = "capture?" + new URLSearchParams({filter: list.matches.shown});
    byId("follow").setAttribute("aria-pressed", String(list.follow && !list.paused));
    byId("pause").setAttribute("aria-pressed", String(list.paused));
    showEmpty();
};

/** Says what to do when there is nothing to see. */
function showEmpty() {
    const {matches} = list;
    const empty = byId("noPackets");
    empty.hidden = list.end > matches.low;
    if (empty.hidden) {
        return;
    }
    const kind = `${matches.shown} ${matches.complete} ${list.paused} ${server}`;
    if (empty.dataset.kind === kind) {
        return;
    }
    empty.dataset.kind = kind;
    if (list.paused && matches.next > 0) {
        empty.replaceChildren(el("p", {text: "The journal has forgotten the packets that were here at the pause."}));
        return;
    }
    if (matches.shown !== "") {
        empty.replaceChildren(el("p", {text: matches.complete
            ? "No packet of the journal matches the filter." : "No match yet; the filter is still scanning."}));
        return;
    }
    const port = server.slice(server.lastIndexOf(":") + 1);
    empty.replaceChildren(el("p", {text: "No packet yet."}), ...(server === ""
        ? [el("p", {text: "The script has opened no server yet."})]
        : [el("p", {text: "Send one from a terminal, or with “Send and faults”:"}), el("pre", {text:
            `printf hello | nc -u -w1 127.0.0.1 ${port}\ndomin send 127.0.0.1:${port} hello`})]));
}

byId("follow").addEventListener("click", () => list.setFollow(!list.follow || list.paused));
byId("pause").addEventListener("click", () => list.setPaused(!list.paused));
byId("clear").addEventListener("click", async () => {
    try {
        await post("clear", {});
        list.setPaused(false);
        list.setFollow(true);
    } catch (e) {
        toast(e.message, "bad");
    }
});

const KEYS = {
    ArrowDown: () => list.move(1),
    ArrowUp: () => list.move(-1),
    PageDown: () => list.move(list.pageRows),
    PageUp: () => list.move(-list.pageRows),
    Home: () => list.selectFirst(),
    End: () => list.selectLast(),
    Enter: () => detail.focus(),
    " ": () => list.setPaused(!list.paused),
};
list.frame.addEventListener("keydown", event => {
    if (KEYS[event.key] && !event.ctrlKey && !event.altKey && !event.metaKey) {
        event.preventDefault();
        KEYS[event.key]();
    }
});
addEventListener("keydown", event => {
    if (event.target.closest("input, textarea, select") || event.ctrlKey || event.altKey || event.metaKey) {
        return;
    }
    if (event.key === "/") {
        event.preventDefault();
        showView("packets");
        byId("filter").focus();
    } else if (event.key === "f") {
        list.setFollow(!list.follow || list.paused);
    }
});

on("tick", tick => {
    if (!document.hidden && parameterView() === "packets") {
        list.tick(tick);
        detail.tick(tick);
    }
    const parts = [`journal: ${plural(tick.next - tick.first, "packet")}`];
    if (tick.forgotten > 0) {
        parts.push(`${count(tick.forgotten)} forgotten`);
    }
    setText(byId("journalStatus"), parts.join(", "));
});
on("state", state => {
    const open = state.servers.filter(each => each.state === "open");
    server = open[0]?.address ?? "";
    const addresses = open.length > 1 ? `${server} and ${open.length - 1} more` : server;
    setText(byId("address"), addresses === state.title ? "" : addresses);
    byId("tab-script").hidden = !state.script; // a server of a Java program has none
    const title = fileName(state.title);
    setText(byId("title"), title);
    byId("title").title = state.title;
    document.title = `${title} – domin inspector`;
    showEmpty();
});
on("connection", ({state}) => {
    if (state === "connected") {
        list.refresh();
    }
});
document.addEventListener("visibilitychange", () => !document.hidden && list.refresh());

const parameterView = () => parameter("view") || "packets";

setUpTheme();
setUpStatus();
setUpDivider();
setUpReloads();
setUpServers();
setUpSource();
setUpAct();
setUpPlots();
setUpTabs(view => view === "packets" && list.refresh());
if (parameter("packet") !== "") {
    show(Number(parameter("packet")));
}
connect();
