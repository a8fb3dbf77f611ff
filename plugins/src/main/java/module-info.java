/**
 * The plugins that come with domin, one package per plugin. Every plugin's package is exported, because a compiled
 * script is linked to the methods of the plugin's class directly.
 */
module dev.domin.plugins {
    requires transitive dev.domin.spi;
    requires dev.domin.udp;
    requires com.google.gson;
    requires static org.jspecify;

    exports dev.domin.plugins;
    exports dev.domin.plugins.asyncmeta;
    exports dev.domin.plugins.blob;
    exports dev.domin.plugins.builtin;
    exports dev.domin.plugins.callbackudpclient;
    exports dev.domin.plugins.callbackudpserver;
    exports dev.domin.plugins.crypto;
    exports dev.domin.plugins.fileio;
    exports dev.domin.plugins.json;
    exports dev.domin.plugins.log;
    exports dev.domin.plugins.map;
    exports dev.domin.plugins.packet;
    exports dev.domin.plugins.path;
    exports dev.domin.plugins.print;
    exports dev.domin.plugins.random;
    exports dev.domin.plugins.scriptstate;
    exports dev.domin.plugins.str;
    exports dev.domin.plugins.timer;
    exports dev.domin.plugins.web;

    provides dev.domin.spi.descriptor.PluginCatalog with
            dev.domin.plugins.BundledPlugins;
}
