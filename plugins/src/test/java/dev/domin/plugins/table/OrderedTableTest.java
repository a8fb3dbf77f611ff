package dev.domin.plugins.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderedTableTest {

    @Test
    void shouldKeepTheOrderOfKeysThroughAnyChanges() {
        var random = new Random(5);
        for (int round = 0; round < 50; round++) {
            var table = new OrderedTable(random.nextInt(20));
            var model = new LinkedHashMap<String, Object>();
            int keys = 1 + random.nextInt(200);
            for (int i = 0; i < 500; i++) {
                var key = "k" + random.nextInt(keys);
                if (random.nextInt(3) > 0) {
                    assertThat(table.put(key, i)).isEqualTo(model.put(key, i) == null);
                } else {
                    assertThat(table.remove(key)).isEqualTo(model.remove(key) != null);
                }
                assertThat(table.size()).isEqualTo(model.size());
            }
            assertSame(table, model);
            table.clear();
            assertThat(table.size()).isZero();
            table.put("again", 1);
            assertThat(table.keyAt(0)).isEqualTo("again");
        }
    }

    private static void assertSame(OrderedTable table, LinkedHashMap<String, Object> model) {
        var order = new ArrayList<>(model.keySet());
        for (int i = 0; i < order.size(); i++) {
            var key = order.get(i);
            assertThat(table.keyAt(i)).isEqualTo(key);
            assertThat(table.valueAt(i)).isEqualTo(model.get(key)).isEqualTo(table.get(key));
        }
    }
}
