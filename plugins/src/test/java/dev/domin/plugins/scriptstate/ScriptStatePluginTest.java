package dev.domin.plugins.scriptstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.plugins.blob.BlobPlugin;
import dev.domin.spi.Blob;
import dev.domin.spi.ScriptError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScriptStatePluginTest {

    private final ScriptStatePlugin state = new ScriptStatePlugin();
    private final BlobPlugin blob = new BlobPlugin();

    @BeforeEach
    void startInOneRun() {
        var run = new FakeScriptContext();
        state.start(run);
        blob.start(run);
    }

    @Test
    void shouldShareTheStateByItsAddress() {
        long address = state.allocate(8);
        var mine = blob.refFromPointer(address, 8);
        var theirs = blob.refFromPointer(state.getPointer(), 4);

        mine.set(3, 77);
        theirs.set(0, 11);

        assertThat(theirs.get(3)).isEqualTo(77);
        assertThat(mine.get(0)).isEqualTo(11);
        assertThat(theirs.length()).isEqualTo(4);
        assertThat(blob.refFromPointer(address, 0).length()).isZero();
    }

    @Test
    void shouldReuseTheBlobForEveryPacket() {
        long address = state.allocate(8);
        assertThat(blob.refFromPointer(address, 8)).isSameAs(blob.refFromPointer(address, 8));
    }

    @Test
    void shouldKeepTheStateWhenAReferenceIsAssigned() {
        long address = state.allocate(2);
        var reference = blob.refFromPointer(address, 2);
        reference.set(0, 1);
        reference.assign(Blob.of(new byte[] {9, 9, 9}));

        assertThat(blob.refFromPointer(address, 2).toByteArray()).containsExactly(1, 0);
        assertThat(reference.toByteArray()).containsExactly(9, 9, 9);
    }

    @Test
    void shouldReturnAddressAndSizeOfTheState() {
        assertThat(state.getPointer()).isZero();
        assertThat(state.getSize()).isZero();
        assertThat(state.free()).isZero();
        state.allocate(12);
        assertThat(state.getSize()).isEqualTo(12);
        assertThat(state.getPointer()).isPositive();
    }

    @Test
    void shouldEmptyReferencesToAFreedState() {
        long old = state.allocate(4);
        var reference = blob.refFromPointer(old, 4);
        assertThat(state.free()).isEqualTo(1);

        assertThat(reference.length()).isZero();
        assertThat(state.allocate(4)).isNotEqualTo(old);
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> blob.refFromPointer(old, 4))
                .withMessage("nothing is allocated at address " + old)
                .satisfies(error -> assertThat(error.help()).contains("freed"));
    }

    @Test
    void shouldRefuseAnInvalidAddress() {
        long address = state.allocate(4);
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> blob.refFromPointer(0, 4))
                .withMessage("the address is 0, which is never allocated");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> blob.refFromPointer(7, 4))
                .withMessage("nothing is allocated at address 7");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> blob.refFromPointer(address + 2, 2))
                .withMessage("the address " + (address + 2) + " is 2 bytes after the start of an allocation");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> blob.refFromPointer(address, 5))
                .withMessage("size is 5, but at address " + address + " there are 4 bytes");
        assertThatExceptionOfType(ScriptError.class).isThrownBy(() -> blob.refFromPointer(address, -1));
    }

    @Test
    void shouldRefuseToAllocateNothingOrTwice() {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> state.allocate(0))
                .withMessage("size is 0, but a state has 1 byte or more");
        state.allocate(5);
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> state.allocate(5))
                .withMessage("there is a state already, of 5 bytes");
    }
}
