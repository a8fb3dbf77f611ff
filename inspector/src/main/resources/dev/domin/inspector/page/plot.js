// One plot, drawn by uPlot.

const HEIGHT = 190;

let loading = null;

/** Loads the library once: a classic script that defines uPlot. */
function library() {
    loading ??= new Promise((resolve, reject) => {
        const style = document.createElement("link");
        style.rel = "stylesheet";
        style.href = "uPlot.min.css";
        document.head.append(style);
        const script = document.createElement("script");
        script.src = "uPlot.iife.min.js";
        script.addEventListener("load", () => resolve(window.uPlot));
        script.addEventListener("error", reject);
        document.head.append(script);
    });
    return loading;
}

/** The colour that a variable of the style sheet has now; canvases know no variables. */
function color(name) {
    const probe = document.createElement("span");
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
}

const linear = least => ({range: (_, low, high) => [0, Math.max(least, (high ?? 0) * 1.1)]});

/** For times: one slow callback, as while the JVM warms up, must not flatten all others. */
const logarithmic = UPlot => ({
    distr: 3,
    log: 10,
    range: (_, low, high) => low === null || low === undefined ? [0.1, 1000] : UPlot.rangeLog(low, high, 10, true),
});

/** A value between two gaps has no line, so it gets a point: such as the time of one packet in a quiet second. */
function isolated(chart, series) {
    const values = chart.data[series];
    const found = [];
    for (let at = 0; at < values.length; at++) {
        if (values[at] !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null) {
            found.push(at);
        }
    }
    return found;
}

/** The powers of ten: the nine lines between two of them would be denser than the data. */
const decades = (_, splits) => splits.map(value => Math.abs(Math.log10(value) % 1) < 1e-6 ? value : null);

/** uPlot passes null for the lines of the grid that get no label. */
function label(value, unit) {
    if (value === null || value === undefined) {
        return "";
    }
    return value === 0 ? "0" : unit(value).replace(/\.0+ /, " ");
}

/**
 * @param zoom is called with {from, to} in seconds when the user dragged over the plot, and null after a double click
 * @returns {update: (data, range) => …, resize, destroy}
 */
export async function drawPlot(node, plot, data, zoom) {
    const UPlot = await library();
    const axis = {stroke: color("--muted"), grid: {stroke: color("--grid"), width: 1}, ticks: {show: false},
        font: "11px system-ui, sans-serif"};
    let ours = false; // whether the scale is being set by update
    const chart = new UPlot({
        width: Math.max(200, node.clientWidth),
        height: HEIGHT,
        legend: {show: false},
        cursor: {y: false, points: {show: false}, drag: {x: true, y: false, setScale: true}, sync: {key: "domin"}},
        padding: [8, 26, 0, 0],
        scales: {x: {time: true}, y: plot.log ? logarithmic(UPlot) : linear(plot.least)},
        axes: [
            {...axis, values: "{HH}:{mm}:{ss}", space: 90, size: 26},
            {...axis, grid: plot.log ? {...axis.grid, filter: decades} : axis.grid, size: 72, values: (_, splits) => splits.map(value => label(value, plot.unit))},
        ],
        series: [{}, ...plot.series.map(each => ({
            label: each.title, stroke: color(each.color), width: 1.5, dash: each.dash, spanGaps: false,
            points: {show: true, size: 4, width: 0, fill: color(each.color), filter: isolated},
        }))],
        hooks: {
            setScale: [(chosen, key) => {
                if (key === "x" && !ours && chosen.status === 1) {
                    const {min, max} = chosen.scales.x;
                    zoom({from: min, to: max});
                }
            }],
        },
    }, data, node);
    node.addEventListener("dblclick", () => zoom(null));
    const tip = tooltip(chart, node, plot);
    return {
        update(fresh, range) {
            ours = true;
            chart.setData(fresh, false);
            chart.setScale("x", scale(fresh[0], range));
            tip();
            // uPlot sets the scale in a microtask
            queueMicrotask(() => {
                ours = false;
            });
        },
        resize() {
            if (node.clientWidth > 0 && node.clientWidth !== chart.width) {
                chart.setSize({width: Math.max(200, node.clientWidth), height: HEIGHT});
            }
        },
        destroy() {
            chart.destroy();
            node.replaceChildren();
        },
    };
}

/** From which second to which: a fixed range, the last seconds, or all five minutes also while there is less. */
function scale(times, range) {
    const now = times.at(-1) ?? Date.now() / 1000;
    if (range?.from !== undefined) {
        return {min: range.from, max: range.to};
    }
    return {min: now - (range?.seconds ?? 300), max: now};
}

/** The values below the cursor. */
function tooltip(chart, node, plot) {
    const tip = document.createElement("p");
    tip.className = "plot-tip";
    tip.setAttribute("aria-hidden", "true");
    node.append(tip);
    const show = () => {
        const at = chart.cursor.idx;
        if (at === null || at === undefined || chart.cursor.left < 0) {
            tip.textContent = "";
            return;
        }
        const when = new Date(chart.data[0][at] * 1000);
        tip.textContent = [when.toTimeString().slice(0, 8),
            ...plot.series.map((each, row) => `${each.title} ${plot.unit(chart.data[row + 1][at])}`)].join("   ");
    };
    chart.over.addEventListener("mousemove", show);
    chart.over.addEventListener("mouseleave", () => {
        tip.textContent = "";
    });
    return show;
}
