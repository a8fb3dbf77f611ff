package dev.domin.processor;

import dev.domin.spi.descriptor.PluginModel;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * A plugin of the compilation.
 *
 * @param type its class
 * @param model the class as it was read
 * @param packageName its package; empty for the unnamed one
 * @param descriptorSimpleName the name of its descriptor without the package
 */
record PluginSource(TypeElement type, PluginModel model, String packageName, String descriptorSimpleName) {

    /** {@return the descriptor's name in full} */
    String descriptorName() {
        return packageName.isEmpty() ? descriptorSimpleName : packageName + "." + descriptorSimpleName;
    }

    /** {@return all names that a directive may use, the library's own first} */
    List<String> libraries() {
        var libraries = new ArrayList<String>();
        libraries.add(model.annotation().library());
        libraries.addAll(List.of(model.annotation().aliases()));
        return libraries;
    }
}
