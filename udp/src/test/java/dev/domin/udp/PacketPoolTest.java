package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacketPoolTest {

    @Test
    void shouldBeEmptyOnceItHasLetAllPacketsGo() {
        PacketPool pool = new PacketPool(4);
        Accounts accounts = new Accounts(new Observation(null, false, new Errors(null, 0, Machine.REAL)));
        PacketPool.Maker maker = () -> new Packet(null, new Lifecycle(-1, 0, Machine.REAL), accounts, 0);
        Packet one = pool.take(maker);
        Packet other = pool.take(maker);
        pool.putBack(one);
        pool.clear();
        assertThat(pool.all()).isEmpty(); // a thread that cancels handlers may ask after the last worker has ended
        pool.putBack(other);
        assertThat(pool.take(maker)).isNull();
        assertThat(pool.all()).isEmpty();
    }
}
