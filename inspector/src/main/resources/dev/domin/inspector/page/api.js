// Requests to the server. All addresses are relative: the token is in the path of the page.

/** What the server answered with, if it refused a request: its sentence has the way out. */
export class Refused extends Error {
    constructor(status, message) {
        super(message);
        this.status = status;
    }
}

async function read(response) {
    const body = await response.text();
    if (response.ok) {
        return body === "" ? {} : JSON.parse(body);
    }
    let sentence = `domin answered with status ${response.status}`;
    try {
        sentence = JSON.parse(body).error ?? sentence;
    } catch {
        // a gate of the server answers without a body
    }
    throw new Refused(response.status, sentence);
}

export async function get(path, parameters = {}) {
    const query = new URLSearchParams(parameters).toString();
    return read(await fetch(query === "" ? path : `${path}?${query}`, {cache: "no-store"}));
}

export async function post(path, body) {
    return read(await fetch(path, {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify(body),
    }));
}
