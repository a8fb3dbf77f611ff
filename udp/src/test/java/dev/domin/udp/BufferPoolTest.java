package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BufferPoolTest {

    @Test
    void shouldBeEmptyOnceItHasLetAllBuffersGo() {
        BufferPool pool = new BufferPool(4);
        Datagram one = pool.take(null, 0);
        Datagram other = pool.take(null, 0);
        pool.giveBack(one);
        pool.clear();
        assertThat(pool.all()).isEmpty(); // who cancels what runs may ask a moment after the last thread has gone
        pool.giveBack(other);
        assertThat(pool.take(null, 0)).isNull();
        assertThat(pool.all()).isEmpty();
    }
}
