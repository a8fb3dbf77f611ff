package dev.domin.lang;

import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.DoubleRef;
import dev.domin.spi.IntRef;
import dev.domin.spi.LongRef;
import dev.domin.spi.Plugin;
import dev.domin.spi.StringRef;
import dev.domin.spi.descriptor.FunctionDeclaration;
import dev.domin.spi.descriptor.FunctionDoc;
import dev.domin.spi.descriptor.Kind;
import dev.domin.spi.descriptor.ParameterDeclaration;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plugin that records the arguments of its calls, and has functions with parameters of every kind. */
public final class Probe implements Plugin {

    private final List<String> lines = new ArrayList<>();

    public Probe() {}

    public List<String> lines() {
        return lines;
    }

    public void log(Object... values) {
        var line = new StringBuilder();
        for (var value : values) {
            line.append(line.isEmpty() ? "" : " ");
            line.append(
                    value instanceof Blob blob
                            ? "<" + ByteStrings.fromBytes(blob.array(), 0, blob.length()) + ">"
                            : value.toString());
        }
        lines.add(line.toString());
    }

    public long say(long value) {
        lines.add(Long.toString(value));
        return value;
    }

    public long big() {
        return 5_000_000_000L;
    }

    public int small() {
        return -7;
    }

    public static double half(double value) {
        return value / 2;
    }

    public int twice(int value) {
        return 2 * value;
    }

    public void bump(IntRef i, LongRef l, DoubleRef d, StringRef s) {
        i.value++;
        l.value++;
        d.value++;
        s.assign(s.value() + "!");
    }

    public int capacity(StringRef s) {
        return s.capacity() * 10 + (s.overflowed() ? 1 : 0);
    }

    public Blob same(Blob blob) {
        return blob;
    }

    private static FunctionDeclaration function(
            String name, String method, boolean isStatic, Kind result, Kind... kinds) {
        var parameters = new ArrayList<ParameterDeclaration>();
        for (var kind : kinds) {
            parameters.add(new ParameterDeclaration("p" + parameters.size(), kind, kind.isReference(), "", ""));
        }
        return new FunctionDeclaration(name, method.equals("log"), method, isStatic, parameters, result);
    }

    /** The catalog of the tests. */
    static final class Catalog implements PluginCatalog {
        @Override
        public Optional<PluginDescriptor> find(String library) {
            return library.equals("Probe") ? Optional.of(new Descriptor()) : Optional.empty();
        }

        @Override
        public List<String> libraries() {
            return List.of("Probe");
        }
    }

    private static final class Descriptor implements PluginDescriptor {
        @Override
        public String namespace() {
            return "probe";
        }

        @Override
        public String library() {
            return "Probe";
        }

        @Override
        public List<String> aliases() {
            return List.of();
        }

        @Override
        public String path() {
            return "Probe";
        }

        @Override
        public String className() {
            return Probe.class.getName();
        }

        @Override
        public List<FunctionDeclaration> functions() {
            return List.of(
                    function("log", "log", false, Kind.VOID, Kind.VARIADIC),
                    function("Say", "say", false, Kind.LONG, Kind.LONG),
                    function("Big", "big", false, Kind.LONG),
                    function("Small", "small", false, Kind.INT),
                    function("Half", "half", true, Kind.DOUBLE, Kind.DOUBLE),
                    function("Twice", "twice", false, Kind.INT, Kind.INT),
                    function("Capacity", "capacity", false, Kind.INT, Kind.STRING_REF),
                    function("Same", "same", false, Kind.BLOB, Kind.BLOB),
                    function(
                            "Bump",
                            "bump",
                            false,
                            Kind.VOID,
                            Kind.INT_REF,
                            Kind.LONG_REF,
                            Kind.DOUBLE_REF,
                            Kind.STRING_REF));
        }

        @Override
        public String doc() {
            return "Writes down.";
        }

        @Override
        public List<FunctionDoc> docs() {
            return List.of();
        }

        @Override
        public Class<? extends Plugin> pluginClass() {
            return Probe.class;
        }

        @Override
        public Plugin create() {
            return new Probe();
        }
    }
}
