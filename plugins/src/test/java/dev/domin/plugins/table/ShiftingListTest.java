package dev.domin.plugins.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShiftingListTest {

    @Test
    void shouldBehaveAsAList() {
        var random = new Random(3);
        for (int round = 0; round < 100; round++) {
            var list = new ShiftingList();
            var model = new ArrayList<Object>();
            boolean grows = random.nextBoolean();
            for (int i = 0; i < 500; i++) {
                int size = model.size();
                if (size == 0 || random.nextInt(grows ? 3 : 5) > 1) {
                    list.add(i);
                    model.add(i);
                } else if (random.nextInt(3) == 0) {
                    int index = random.nextInt(size);
                    assertThat(list.set(index, -i)).isEqualTo(model.set(index, -i));
                } else {
                    int index = switch (random.nextInt(4)) {
                        case 0, 1 -> 0;
                        case 2 -> size - 1;
                        default -> random.nextInt(size);
                    };
                    assertThat(list.remove(index)).isEqualTo(model.remove(index));
                }
                if (i % 20 == 0) {
                    assertThat(list).isEqualTo(model);
                }
            }
            assertThat(list).isEqualTo(model);
        }
    }

    @Test
    void shouldRefuseAnIndexOutside() {
        var list = new ShiftingList();
        list.add("a");
        list.add("b");
        list.remove(0);
        assertThatThrownBy(() -> list.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> list.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> list.set(1, "c")).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> list.remove(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
