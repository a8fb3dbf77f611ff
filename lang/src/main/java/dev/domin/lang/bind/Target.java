package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import org.jspecify.annotations.Nullable;

/** The target of an assignment. */
public sealed interface Target {

    /** {@return the place} */
    Span span();

    /** {@return the type of the values that it accepts} */
    Type type();

    /** {@return the target as error messages name it} */
    String shown();

    /** {@return whether {@code :=} may fill it} */
    boolean isFillable();

    /** Calls the visitor's method for this kind of target. */
    void accept(Visitor visitor);

    /** Processes each kind of target. */
    interface Visitor {

        void visit(Variable target);

        void visit(BlobByte target);

        void visit(Slice target);

        void visit(Field target);

        void visit(FieldByte target);
    }

    /** A variable. */
    record Variable(Span span, Local local) implements Target {
        @Override
        public Type type() {
            return local.type();
        }

        @Override
        public String shown() {
            return "`" + Body.shownName(local) + "`, which is " + type();
        }

        @Override
        public boolean isFillable() {
            return type() == Type.STRING || type() == Type.BLOB;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A byte of a blob. It accepts an {@code i32}, of which it keeps the low 8 bits. */
    record BlobByte(Span span, BoundExpr blob, BoundExpr index) implements Target {
        @Override
        public Type type() {
            return Type.I32;
        }

        @Override
        public String shown() {
            return "a byte";
        }

        @Override
        public boolean isFillable() {
            return false;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A part of a blob; each bound is an {@code i64} or null. */
    record Slice(
            Span span,
            BoundExpr blob,
            @Nullable BoundExpr from,
            @Nullable BoundExpr to) implements Target {
        @Override
        public Type type() {
            return Type.BLOB;
        }

        @Override
        public String shown() {
            return "a slice of a blob";
        }

        @Override
        public boolean isFillable() {
            return false;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A field; storing keeps the low bits of its width. */
    record Field(Span span, Local blob, StructLayout struct, StructLayout.Field field) implements Target {
        @Override
        public Type type() {
            return field.type().type();
        }

        @Override
        public String shown() {
            return "`" + Body.shownName(blob) + "." + field.name() + "`, which is " + StructBinder.typeName(field);
        }

        @Override
        public boolean isFillable() {
            return type() == Type.STRING || type() == Type.BLOB;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }

    /** A byte of a blob or string field, in place. It accepts an {@code i32}. */
    record FieldByte(Span span, Local blob, StructLayout struct, StructLayout.Field field, BoundExpr index)
            implements Target {
        @Override
        public Type type() {
            return Type.I32;
        }

        @Override
        public String shown() {
            return "a byte";
        }

        @Override
        public boolean isFillable() {
            return false;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.visit(this);
        }
    }
}
