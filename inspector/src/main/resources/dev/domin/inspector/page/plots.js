// Three plots over five minutes: packets per second, the callback's time, and the wait for the script lock.

import {get} from "./api.js";
import {parameter} from "./address.js";
import {byId, button, el, setText} from "./dom.js";
import {on} from "./events.js";
import {count, duration} from "./format.js";
import {drawPlot} from "./plot.js";

const SAMPLES = 1200;

const rate = value => {
    if (value === null || value === undefined) {
        return "–";
    }
    return `${value < 10 && !Number.isInteger(value) ? value.toFixed(1) : count(Math.round(value))}/s`;
};
const time = value => value === null || value === undefined ? "–" : duration(value);

/** The dashes differ as well as the colours. `least` is the smallest height of a linear scale. */
const PLOTS = [
    {key: "packets", title: "Packets per second", unit: rate, least: 5, series: [
        {key: "in", title: "in", color: "--plot-1"},
        {key: "answered", title: "answered", color: "--plot-2", dash: [6, 3]},
        {key: "dropped", title: "dropped", color: "--plot-3", dash: [2, 3]},
        {key: "lost", title: "lost by the system", color: "--plot-4", dash: [10, 3, 2, 3]},
    ]},
    {key: "callback", title: "Time in the callback", unit: time, log: true, series: [
        {key: "p50", title: "p50", color: "--plot-1"},
        {key: "p99", title: "p99", color: "--plot-3", dash: [6, 3]},
    ]},
    {key: "wait", title: "Wait for the script lock", unit: time, log: true, series: [
        {key: "waitP50", title: "p50", color: "--plot-1"},
        {key: "waitP99", title: "p99", color: "--plot-3", dash: [6, 3]},
    ]},
];
const KEYS = PLOTS.flatMap(plot => plot.series.map(each => each.key));

const data = {times: [], ...Object.fromEntries(KEYS.map(key => [key, []]))};
let plots = [];
let range = null; // what the user zoomed to, in seconds since the epoch
let drawing = false;

export function setUpPlots() {
    const view = byId("view-plots");
    const ranges = el("div", {className: "tools", role: "toolbar", "aria-label": "Range"},
        ...[["30 s", 30], ["1 min", 60], ["5 min", null]].map(([text, seconds]) => button(text, () => last(seconds))),
        el("span", {className: "muted", text: "Drag over a plot to zoom; a double click shows all again."}));
    view.append(ranges, ...PLOTS.map(frame));
    on("tick", ({time: millis, sample}) => {
        add(millis, sample);
        values(sample);
        redraw();
    });
    on("connection", ({state}) => state === "connected" && load());
    addEventListener("viewchange", () => open());
    addEventListener("themechange", () => rebuild());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => rebuild());
    new ResizeObserver(() => plots.forEach(each => each.resize())).observe(view);
}

function frame(plot) {
    return el("section", {className: "plot", "aria-labelledby": "plot-title-" + plot.key},
        el("div", {className: "plot-head"},
            el("h2", {id: "plot-title-" + plot.key, text: plot.title}),
            el("dl", {className: "values"}, ...plot.series.map(each => el("div", {},
                el("dt", {}, sample(each), each.title),
                el("dd", {id: "value-" + each.key, text: "–"}))))),
        el("div", {id: "plot-" + plot.key, className: "canvas", role: "img", "aria-label": `${plot.title}: no data yet`}));
}

/** The line of a series as it is in the plot. */
function sample(series) {
    const ns = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(ns, "svg");
    const line = document.createElementNS(ns, "line");
    Object.entries({width: 26, height: 8, "aria-hidden": "true"}).forEach(([name, value]) => svg.setAttribute(name, value));
    Object.entries({x1: 0, y1: 4, x2: 26, y2: 4, "stroke-dasharray": (series.dash ?? []).join(" ")})
        .forEach(([name, value]) => line.setAttribute(name, value));
    line.style.stroke = `var(${series.color})`;
    svg.append(line);
    return svg;
}

async function load() {
    try {
        const metrics = await get("metrics");
        data.times = metrics.times.map(millis => millis / 1000);
        KEYS.forEach(key => {
            data[key] = metrics[key];
        });
        redraw();
    } catch {
        // the banner says that the connection is lost
    }
}

function add(millis, sampled) {
    if (!sampled || millis / 1000 <= (data.times.at(-1) ?? 0)) {
        return;
    }
    data.times.push(millis / 1000);
    KEYS.forEach(key => data[key].push(sampled[key] ?? null));
    if (data.times.length > SAMPLES) {
        data.times.shift();
        KEYS.forEach(key => data[key].shift());
    }
}

/** The last values as text, which is also what a screen reader gets of a plot. */
function values(sampled) {
    if (!sampled || byId("view-plots").hidden) {
        return;
    }
    for (const plot of PLOTS) {
        plot.series.forEach(each => setText(byId("value-" + each.key), plot.unit(sampled[each.key])));
        byId("plot-" + plot.key).setAttribute("aria-label", `${plot.title}, now: `
            + plot.series.map(each => `${each.title} ${plot.unit(sampled[each.key])}`).join(", "));
    }
}

const columns = plot => [data.times, ...plot.series.map(each => data[each.key])];

function redraw() {
    if (drawing || byId("view-plots").hidden || document.hidden) {
        return;
    }
    plots.forEach((each, at) => each.update(columns(PLOTS[at]), range));
}

/** Plots are made when the view is first opened: nobody else needs the library. */
async function open() {
    if (parameter("view") !== "plots" || plots.length > 0 || drawing) {
        return;
    }
    drawing = true;
    try {
        plots = await Promise.all(PLOTS.map(plot => drawPlot(byId("plot-" + plot.key), plot, columns(plot), zoom)));
    } finally {
        drawing = false;
    }
    redraw();
}

async function rebuild() {
    plots.forEach(each => each.destroy());
    plots = [];
    await open();
}

/** One plot was zoomed: the others show the same time. Null shows all. */
function zoom(chosen) {
    range = chosen;
    redraw();
}

function last(seconds) {
    const now = data.times.at(-1);
    zoom(seconds === null || now === undefined ? null : {seconds});
}
