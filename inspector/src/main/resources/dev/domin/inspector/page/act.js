// The view from which packets are sent and faults are set.

import {byId, el} from "./dom.js";
import {setUpFaults} from "./faults.js";
import {setUpSend} from "./send.js";

export function setUpAct() {
    const send = el("section", {className: "card", "aria-labelledby": "sendTitle"});
    const faults = el("section", {className: "card", "aria-labelledby": "faultsTitle"});
    byId("view-act").append(el("div", {className: "two"}, send, faults));
    setUpSend(send);
    setUpFaults(faults);
}
