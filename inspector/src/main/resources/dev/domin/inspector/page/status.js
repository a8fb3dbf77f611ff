// What concerns each view: the connection, faults that are on, and whether the server answers.

import {post} from "./api.js";
import {byId, setClass, setText, toast} from "./dom.js";
import {on} from "./events.js";
import {showView} from "./tabs.js";

const LONG = 6; // failed attempts, about ten seconds

const WORDS = {
    connected: {chip: "live", banner: ""},
    lost: {chip: "connection lost", banner: "The connection to domin is lost; trying again. What you see is from before."},
    ended: {chip: "run ended", banner: "The run has ended. What was loaded stays readable."},
    other: {chip: "another run", banner: "Another run of domin has this port now. Open the address that it printed."},
};

export function setUpStatus() {
    on("connection", ({state, words, attempts}) => {
        const {chip, banner} = WORDS[state];
        let text = banner;
        if (state === "ended" && words) {
            text = `The run has ended: ${words}. What was loaded stays readable.`;
        } else if (state === "lost" && attempts >= LONG) {
            text = "domin cannot be reached, its run has probably ended; still trying. What you see is from before.";
        }
        setClass(byId("connection"), `chip ${state}`);
        setText(byId("connection"), chip);
        byId("banner").hidden = text === "";
        setText(byId("banner"), text);
    });
    on("state", state => {
        const text = state.faults?.text ?? "";
        byId("faultChip").hidden = text === "";
        setText(byId("faultChip"), `≈ faults: ${text}`);
        byId("faultChip").title = `${text}: change or remove the faults`;
        byId("answeringChip").hidden = state.answering;
        setText(byId("answeringChip"), "answering is paused");
    });
    byId("faultChip").addEventListener("click", () => showView("act"));
    byId("answeringChip").title = "Answer again";
    byId("answeringChip").addEventListener("click", async () => {
        try {
            await post("answering", {on: true});
        } catch (e) {
            toast(e.message, "bad");
        }
    });
}
