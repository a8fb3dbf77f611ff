package dev.domin.cli.inspect;

import dev.domin.runtime.Failure;
import dev.domin.runtime.RunListener;
import dev.domin.testkit.UdpTap;

/** Shows failures and warnings on the page, and passes them on. */
final class InspectedListener implements RunListener {

    private final RunListener next;
    private final InspectedScript script;
    private final OutputRing output;
    private final UdpTap tap;

    InspectedListener(RunListener next, InspectedScript script, OutputRing output, UdpTap tap) {
        this.next = next;
        this.script = script;
        this.output = output;
        this.tap = tap;
    }

    @Override
    public void prepare() {
        next.prepare();
    }

    @Override
    public void callbackFailed(Failure failure) {
        tap.explain(script.failed(failure));
        next.callbackFailed(failure);
    }

    @Override
    public void failed(Failure failure) {
        script.failed(failure);
        output.add("err", failure.render(false));
        next.failed(failure);
    }

    @Override
    public void failedAgain(Failure failure, int count) {
        next.failedAgain(failure, count);
    }

    @Override
    public void warned(String sentence) {
        output.add("domin", "domin: " + sentence);
        next.warned(sentence);
    }
}
