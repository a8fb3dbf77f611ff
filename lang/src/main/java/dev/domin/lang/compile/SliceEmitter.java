package dev.domin.lang.compile;

import dev.domin.lang.bind.Target;
import dev.domin.lang.source.Span;

/** Emits assignments to a part of a blob, with {@code =} only. Its address is the blob and one or two bounds. */
final class SliceEmitter extends TargetEmitter {

    private final Target.Slice target;

    SliceEmitter(Target.Slice target, CodeWriter writer, ExprEmitter exprs) {
        super(target, writer, exprs);
        this.target = target;
    }

    @Override
    void address() {
        exprs.value(target.blob());
        exprs.bound(target.from());
        if (target.to() != null) {
            exprs.bound(target.to());
        }
    }

    @Override
    void addressTwice() {
        throw new IllegalArgumentException("nothing can be combined with " + target);
    }

    @Override
    void load() {
        throw new IllegalArgumentException("nothing can be combined with " + target);
    }

    @Override
    void storeBehind(Span span) {
        writer.at(span);
        if (target.to() == null) {
            writer.statics(Classes.BLOBS, "setTail", "(Ldev/domin/spi/Blob;JLdev/domin/spi/Blob;)V");
        } else {
            writer.virtual(Classes.BLOB, "setSlice", "(JJLdev/domin/spi/Blob;)V");
        }
    }
}
