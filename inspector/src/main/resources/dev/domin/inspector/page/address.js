// The state that a reload of the page keeps: the view, the filter and the selected packet, behind the # of the address.

const parameters = () => new URLSearchParams(location.hash.slice(1));

export const parameter = name => parameters().get(name) ?? "";

export function setParameter(name, value) {
    const all = parameters();
    if (value === "" || value === null) {
        all.delete(name);
    } else {
        all.set(name, value);
    }
    const text = all.toString();
    // replaceState: typing a filter must not fill the browser's history
    history.replaceState(null, "", text === "" ? location.pathname + location.search : "#" + text);
}

/** Tells when the user edited the address or followed a link. */
export const onAddress = listener => addEventListener("hashchange", listener);
