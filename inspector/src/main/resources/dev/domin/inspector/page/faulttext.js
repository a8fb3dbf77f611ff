// Between the sliders and the text of the faults, such as `loss=5%,out.delay=20ms±5ms`.

const percent = value => `${value}%`;
const millis = value => `${value}ms`;

/** `jitter` is no item of its own in the text: it follows the delay. */
export const KINDS = [
    {name: "loss", max: 100, step: 1, text: percent, hint: "The packet is dropped"},
    {name: "delay", max: 500, step: 5, text: millis, hint: "The packet is held for this time"},
    {name: "jitter", max: 250, step: 5, text: value => "±" + millis(value), hint: "By how much the delay varies"},
    {name: "duplicate", max: 100, step: 1, text: percent, hint: "The packet is delivered twice"},
    {name: "reorder", max: 100, step: 1, text: percent, hint: "The packet is overtaken by the next one"},
    {name: "corrupt", max: 100, step: 1, text: percent, hint: "A bit of the packet is flipped"},
];

export const SIDES = ["both", "in", "out"];

const prefix = side => side === "both" ? "" : side + ".";

/** @param value (kind, side) => number; @param others items that no slider has, which stay */
export function faultText(value, others) {
    const items = [];
    for (const side of SIDES) {
        for (const kind of KINDS) {
            const amount = value(kind, side);
            const jitter = value(KINDS[2], side);
            if (kind.name === "delay" && amount + jitter > 0) {
                items.push(`${prefix(side)}delay=${millis(amount)}${jitter > 0 ? "±" + millis(jitter) : ""}`);
            } else if (kind.name !== "jitter" && kind.name !== "delay" && amount > 0) {
                items.push(`${prefix(side)}${kind.name}=${kind.text(amount)}`);
            }
        }
    }
    return [...items, ...others].join(",");
}

/** The seed has a field of its own. */
export const withoutSeed = text => text.split(",").filter(item => !/^\s*seed\s*=/.test(item)).join(",");

/** @returns {value: (kind, side) => number, others: items that no slider can show} */
export function readFaults(text) {
    const values = new Map();
    const others = [];
    for (const item of text.split(",").map(each => each.trim()).filter(each => each !== "")) {
        const chance = /^(?:(in|out)\.)?(loss|duplicate|reorder|corrupt)=([0-9.]+)%$/.exec(item);
        const delay = /^(?:(in|out)\.)?delay=([0-9.]+)ms(?:(?:±|\+-|\+\/-)([0-9.]+)ms)?$/.exec(item);
        if (chance) {
            values.set(chance[2] + (chance[1] ?? "both"), Number(chance[3]));
        } else if (delay) {
            values.set("delay" + (delay[1] ?? "both"), Number(delay[2]));
            values.set("jitter" + (delay[1] ?? "both"), Number(delay[3] ?? 0));
        } else {
            others.push(item);
        }
    }
    return {value: (kind, side) => values.get(kind.name + side) ?? 0, others};
}
