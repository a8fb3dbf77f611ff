package dev.domin.plugins.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.Blob;
import dev.domin.spi.ScriptError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MapPluginTest {

    private final MapPlugin map = new MapPlugin();

    @BeforeEach
    void createMap() {
        map.start(new FakeScriptContext());
        map.create("m", 4);
    }

    @Test
    void shouldKeepValuesOfEachType() {
        assertThat(map.putInt("m", "i", Long.MIN_VALUE)).isEqualTo(1);
        assertThat(map.putString("m", "s", "text")).isEqualTo(1);
        assertThat(map.putBlob("m", "b", Blob.of(new byte[] {0, 1}))).isEqualTo(1);

        assertThat(map.getInt("m", "i")).isEqualTo(Long.MIN_VALUE);
        assertThat(map.getString("m", "s")).isEqualTo("text");
        assertThat(map.getBlob("m", "b").toByteArray()).containsExactly(0, 1);
        assertThat(map.typeOf("m", "i")).isEqualTo("int");
        assertThat(map.typeOf("m", "s")).isEqualTo("string");
        assertThat(map.typeOf("m", "b")).isEqualTo("blob");
        assertThat(map.size("m")).isEqualTo(3);
    }

    @Test
    void shouldReplaceAValueByOneOfAnotherTypeAndKeepItsIndex() {
        map.putInt("m", "a", 1);
        map.putInt("m", "b", 2);

        assertThat(map.putString("m", "a", "one")).isEqualTo(0);
        assertThat(map.getString("m", "a")).isEqualTo("one");
        assertThat(keys("m")).containsExactly("a", "b");
    }

    @Test
    void shouldCopyBlobsInAndOut() {
        var blob = Blob.of(new byte[] {1});
        map.putBlob("m", "b", blob);
        blob.set(0, 2);
        var out = map.getBlob("m", "b");
        out.set(0, 3);

        assertThat(map.getBlob("m", "b").toByteArray()).containsExactly(1);
    }

    @Test
    void shouldFindNothingWithoutSuchAKeyOrType() {
        map.putString("m", "s", "x");
        map.putInt("m", "i", 5);

        for (var key : List.of("none", "", "k".repeat(65_536), "s")) {
            assertThat(map.getInt("m", key)).isZero();
        }
        for (var key : List.of("none", "", "i")) {
            assertThat(map.getString("m", key)).isEmpty();
            assertThat(map.getBlob("m", key).length()).isZero();
        }
        for (var key : List.of("none", "", "k".repeat(65_536))) {
            assertThat(map.hasKey("m", key)).isZero();
            assertThat(map.typeOf("m", key)).isEmpty();
            assertThat(map.remove("m", key)).isZero();
        }
        assertThat(map.keyAt("m", 2)).isEmpty();
        assertThat(map.keyAt("m", -1)).isEmpty();
        assertFails("key `s` of map `m` holds a value of type string", () -> map.addInt("m", "s", 1));
        assertThat(map.getString("m", "s")).isEqualTo("x");
    }

    @Test
    void shouldTreatAMapThatDoesNotExistAsEmpty() {
        assertThat(map.putInt("n", "k", 1)).isZero();
        assertThat(map.putString("n", "k", "x")).isZero();
        assertThat(map.putBlob("n", "k", new Blob(1))).isZero();
        assertThat(map.addInt("n", "k", 1)).isZero();
        assertThat(map.getInt("n", "k")).isZero();
        assertThat(map.getString("n", "k")).isEmpty();
        assertThat(map.getBlob("n", "k").length()).isZero();
        assertThat(map.hasKey("n", "k")).isZero();
        assertThat(map.typeOf("n", "k")).isEmpty();
        assertThat(map.remove("n", "k")).isZero();
        assertThat(map.size("n")).isZero();
        assertThat(map.keyAt("n", 0)).isEmpty();
        assertThat(map.clear("n")).isZero();
        assertThat(map.destroy("n")).isZero();
        assertThat(map.exists("n")).isZero();
    }

    @Test
    void shouldRefuseToStoreUnderABadKey() {
        String longest = "k".repeat(65_535);
        assertThat(map.putInt("m", longest, 1)).isEqualTo(1);
        assertThat(map.addInt("m", longest, 1)).isEqualTo(2);

        assertFails("the key is empty", () -> map.putInt("m", "", 1));
        assertFails("the key is empty", () -> map.putString("m", "", "x"));
        assertFails("the key is empty", () -> map.putBlob("n", "", new Blob(1)));
        assertFails("the key is empty", () -> map.addInt("m", "", 1));
        assertFails("the key has 65536 bytes", () -> map.putInt("m", longest + "k", 1));
        assertFails("the key has 65536 bytes", () -> map.addInt("m", longest + "k", 1));
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> map.putInt("m", "", 1))
                .extracting(ScriptError::help)
                .isEqualTo("a key has 1 to 65535 bytes");
        assertThat(map.size("m")).isEqualTo(1);
    }

    @Test
    void shouldCreateAndDestroyMaps() {
        assertThat(map.exists("m")).isEqualTo(1);
        assertThat(map.exists("n")).isEqualTo(0);
        assertFails("there is a map `m` already", () -> map.create("m", 4));
        assertFails("the name is empty", () -> map.create("", 4));
        assertFails("capacity is -1, but it is 0 or more", () -> map.create("n", -1));

        map.putInt("m", "k", 1);
        assertThat(map.destroy("m")).isEqualTo(1);
        assertThat(map.create("m", Long.MAX_VALUE)).isEqualTo(1);
        assertThat(map.hasKey("m", "k")).isEqualTo(0);
    }

    @Test
    void shouldAddToAMissingKeyAndWrap() {
        assertThat(map.addInt("m", "k", 5)).isEqualTo(5);
        assertThat(map.addInt("m", "k", -7)).isEqualTo(-2);
        map.putInt("m", "k", Long.MAX_VALUE);
        assertThat(map.addInt("m", "k", 1)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void shouldKeepTheOrderWhenKeysAreRemoved() {
        for (var key : List.of("a", "b", "c", "d", "e")) {
            map.putString("m", key, key);
        }

        assertThat(map.remove("m", "b")).isEqualTo(1);
        assertThat(map.remove("m", "b")).isEqualTo(0);
        map.putString("m", "b", "again");

        assertThat(keys("m")).containsExactly("a", "c", "d", "e", "b");
        assertThat(map.clear("m")).isEqualTo(5);
        assertThat(map.size("m")).isZero();
        map.putInt("m", "new", 1);
        assertThat(keys("m")).containsExactly("new");
    }

    @Test
    void shouldBehaveAsALinkedMapInARandomWalk() {
        var random = new SplittableRandom(3);
        var expected = new LinkedHashMap<String, Long>();
        for (int step = 0; step < 20_000; step++) {
            String key = "k" + random.nextInt(200);
            int chance = random.nextInt(1000);
            if (chance < 520) {
                assertThat(map.putInt("m", key, step)).isEqualTo(expected.put(key, (long) step) == null ? 1 : 0);
            } else if (chance < 998) {
                assertThat(map.remove("m", key)).isEqualTo(expected.remove(key) != null ? 1 : 0);
            } else {
                assertThat(map.clear("m")).isEqualTo(expected.size());
                expected.clear();
            }
            assertThat(map.size("m")).isEqualTo(expected.size());
            if (step % 20 == 0) {
                assertThat(keys("m")).containsExactlyElementsOf(expected.keySet());
            }
        }
    }

    @Test
    void shouldIterateOverAndEmptyALargeMapQuickly() {
        int size = 100_000;
        for (int i = 0; i < size; i++) {
            map.putInt("m", "key" + i, i);
        }
        for (int i = 0; i < size; i += 2) {
            map.remove("m", "key" + i);
        }
        for (int i = 0; i < size / 2; i++) {
            assertThat(map.getInt("m", map.keyAt("m", i))).isEqualTo(2L * i + 1);
        }
        while (map.size("m") > 0) {
            map.remove("m", map.keyAt("m", 0));
        }
        assertThat(map.size("m")).isZero();
    }

    @Test
    void shouldCountAllAdditionsOfSeveralThreads() throws InterruptedException {
        int threads = 4;
        var together = new CountDownLatch(threads);
        List<Thread> adders = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            adders.add(Thread.ofPlatform().start(() -> {
                together.countDown();
                for (int n = 0; n < 10_000; n++) {
                    map.addInt("m", "count", 1);
                }
            }));
        }
        for (var adder : adders) {
            adder.join();
        }
        assertThat(map.getInt("m", "count")).isEqualTo(threads * 10_000L);
    }

    private List<String> keys(String name) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < map.size(name); i++) {
            keys.add(map.keyAt(name, i));
        }
        return keys;
    }

    private static void assertFails(String sentence, ThrowingCallable call) {
        assertThatExceptionOfType(ScriptError.class).isThrownBy(call).withMessage(sentence);
    }
}
