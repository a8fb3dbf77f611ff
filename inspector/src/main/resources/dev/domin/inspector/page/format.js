// Numbers, times and fates as text.

const whole = new Intl.NumberFormat("en");

export const count = number => whole.format(number);

export const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;

const two = number => String(number).padStart(2, "0");

/** The time of day with microseconds, in the browser's zone. */
export function clock(micros) {
    const date = new Date(Math.floor(micros / 1000));
    const fraction = String(Math.floor(micros % 1e6)).padStart(6, "0");
    return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${fraction}`;
}

/** A duration with three significant digits, such as `12.5 µs`; nothing for null. */
export function duration(micros) {
    if (micros === null || micros === undefined) {
        return "";
    }
    if (micros < 1000) {
        return digits(micros) + " µs";
    }
    return micros < 1e6 ? digits(micros / 1000) + " ms" : digits(micros / 1e6) + " s";
}

function digits(number) {
    if (number >= 100) {
        return whole.format(Math.round(number));
    }
    return number.toFixed(number >= 10 ? 1 : 2);
}

/** A symbol for each class of fate: colour is never the only difference. */
const SYMBOLS = {
    ok: "✓", silent: "○", lost: "✕", late: "◔", failed: "‼", pending: "…", fault: "≈", sent: "→",
};

export const symbol = kind => SYMBOLS[kind] ?? "·";

/** A path without its folders. */
export const fileName = path => path.replace(/^.*[\\/](?=.)/, "");

/** `127.0.0.1:5300` as `:5300`, for narrow columns; other hosts stay. */
export const shortAddress = address => address.replace(/^127\.0\.0\.1(?=:)/, "");
