package dev.domin.cli;

import dev.domin.lang.source.MessageText;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;
import dev.domin.runtime.Failure;
import dev.domin.runtime.RunListener;
import java.io.PrintStream;

/** Prints the failures and warnings of a run. */
final class TerminalListener implements RunListener {

    private final PrintStream err;
    private final boolean colour;

    TerminalListener(PrintStream err, boolean colour) {
        this.err = err;
        this.colour = colour;
    }

    @Override
    public void prepare() {
        var source = new SourceFile("", "…"); // a character for which the JDK loads its tables
        new Failure(source, new Span(0, 1), "", "", "", new OutOfMemoryError()).render(colour);
    }

    @Override
    public void failed(Failure failure) {
        err.println(failure.render(colour));
        err.flush();
    }

    @Override
    public void failedAgain(Failure failure, int count) {
        var place = failure.source().position(failure.span().start());
        err.println(MessageText.escape(failure.source().name()) + ":" + place.line() + ":" + place.column()
                + ": note: this failed " + count + " times in total");
    }

    @Override
    public void warned(String sentence) {
        err.println("domin: " + MessageText.escape(sentence));
    }
}
