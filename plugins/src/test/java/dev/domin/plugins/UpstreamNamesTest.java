package dev.domin.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.spi.descriptor.FunctionDoc;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The functions that DominScript's own pages name. Everything else that a bundled plugin has is marked as going beyond
 * them, so that the author of a script knows what another DominScript may lack.
 */
class UpstreamNamesTest {

    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry(
                    "AsyncMetaPlugin",
                    "PhaseCompleted PhaseQueued PhaseRunning ProfileBlobJob ProfileRouteControl ProfileRouteService"
                            + " RouteStateClosed RouteStateOpen SupportsJobInspect"),
            Map.entry("BlobPlugin", "FromText RefFromPointer ToDump"),
            Map.entry(
                    "CallbackUdpClientPlugin",
                    "Close Delivered Dropped Info LocalPort Open OpenCount SendBlob SendText State StateText"),
            Map.entry("CallbackUdpServerPlugin", "Close Dropped Handled Info Open OpenCount Port State StateText"),
            Map.entry("CryptoPlugin", "HmacSha256Hex RandomBytes RandomHex Sha256Hex"),
            Map.entry("FileIoPlugin", "Delete Exists ReadFileBlob ReadFileText WriteFileBlob WriteFileText"),
            Map.entry(
                    "JsonPlugin",
                    "ArrayGet Free GetArray GetObject GetString GetType HasKey NewArray NewObject Parse ParseLen"),
            // One of the page's twelve names could not be read.
            Map.entry(
                    "LogPlugin",
                    "Close Debug Error Info SetFormat SetLevel SetSink SetSinkRotate SetSinkRotateTime Trace Warn"),
            // Of the three functions the page names PutString.
            Map.entry("MapPlugin", "Clear Create Destroy GetBlob GetInt GetString HasKey PutBlob PutInt PutString"),
            Map.entry("PathPlugin", "BaseName DirName IsAbsolute Join Normalize"),
            Map.entry("PrintPlugin", "printf"),
            Map.entry("RandomPlugin", "AutoSeed Double Int LoadState Range SaveState Seed"),
            Map.entry("ScriptStatePlugin", "Allocate Free GetPointer GetSize"),
            Map.entry("StrPlugin", "CharAt Find Len"),
            Map.entry("TimerPlugin", "Cancel EpochMs MonotonicMs NowFormat Schedule ScheduleRepeating SleepMs"),
            // The page speaks of escaping HTML and of Base64 without names that could be read.
            Map.entry("WebUtilPlugin", "UrlEncode"),
            Map.entry("builtin:blob", "Overflow"),
            Map.entry("builtin:os", ""),
            Map.entry("builtin:string", "Capacity Format Overflow"));

    static List<PluginDescriptor> plugins() {
        return BundledPluginsTest.plugins();
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void shouldMarkWhatDominScriptsPagesDoNotName(PluginDescriptor plugin) {
        var unmarked = new TreeSet<String>();
        for (FunctionDoc doc : plugin.docs()) {
            if (!doc.beyond()) {
                unmarked.add(doc.name());
            }
        }
        assertThat(String.join(" ", unmarked)).isEqualTo(NAMED.getOrDefault(plugin.library(), ""));
    }
}
