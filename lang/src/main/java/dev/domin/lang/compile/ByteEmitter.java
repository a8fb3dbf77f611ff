package dev.domin.lang.compile;

import dev.domin.lang.bind.Target;
import dev.domin.lang.bind.Type;
import dev.domin.lang.source.Span;

/** Emits assignments to a byte of a blob. Its address is the blob and the index. */
final class ByteEmitter extends TargetEmitter {

    private final Target.BlobByte target;

    ByteEmitter(Target.BlobByte target, CodeWriter writer, ExprEmitter exprs) {
        super(target, writer, exprs);
        this.target = target;
    }

    @Override
    void address() {
        exprs.value(target.blob());
        exprs.value(target.index());
    }

    @Override
    void addressTwice() {
        address();
        if (isWide()) {
            copyBlobAndLong();
        } else {
            code.dup2();
        }
    }

    @Override
    void load() {
        writer.at(target.span());
        writer.virtual(Classes.BLOB, "get", isWide() ? "(J)I" : "(I)I");
    }

    @Override
    void storeBehind(Span span) {
        writer.at(target.span());
        writer.virtual(Classes.BLOB, "set", isWide() ? "(JI)V" : "(II)V");
    }

    private boolean isWide() {
        return target.index().type() == Type.I64;
    }
}
