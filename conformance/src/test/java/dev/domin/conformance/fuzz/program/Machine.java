package dev.domin.conformance.fuzz.program;

/** What the interpreter's run of a program shares: its output, and how many steps it may take. */
final class Machine {

    private static final int STEPS = 20_000;
    private static final int LONGEST_OUTPUT = 100_000;

    final StringBuilder output = new StringBuilder();
    private int steps;

    void step() {
        if (++steps > STEPS || output.length() > LONGEST_OUTPUT) {
            throw new TooLong();
        }
    }

    /** The run of a program would take too long; it is not compared. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The error that ends a program. */
    static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final int line;

        Stop(int line, String message) {
            super(message);
            this.line = line;
        }
    }

    /** A variable's value; a {@code ref} parameter shares it with the caller. A blob's bytes are changed in place. */
    static final class Cell {
        Object value;
        int overflow;

        Cell(Object value) {
            this.value = value;
        }

        /** Assigns by any operator but {@code :=}. */
        void assign(Object assigned) {
            value = assigned;
            overflow = 0;
        }
    }

    /** The variables of one call. */
    static final class Frame {
        final Machine machine;
        final Cell[] cells = new Cell[200];
        Object result;

        Frame(Machine machine) {
            this.machine = machine;
        }
    }

    /** Computes an expression. */
    interface Eval {
        Object at(Frame frame);
    }

    /** Runs a statement. */
    interface Exec {
        Flow at(Frame frame);
    }

    /** How a statement ended. */
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE,
        RETURN
    }
}
