package dev.domin.lang.syntax;

/** Leaves what cannot be parsed any further; what is wrong has been reported. Caught inside the parser. */
@SuppressWarnings("StaticAssignmentOfThrowable") // without a trace and suppressed ones there is nothing to mix up
final class Abort extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Leaves the statement: the next one may be good. */
    static final Abort STATEMENT = new Abort();

    /** Leaves all open blocks: the token at hand begins a function or struct. */
    static final Abort BLOCKS = new Abort();

    /** Leaves the file. */
    static final Abort FILE = new Abort();

    private Abort() {
        super(null, null, false, false);
    }
}
