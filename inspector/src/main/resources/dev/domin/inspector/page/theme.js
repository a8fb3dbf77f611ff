// Runs before the first paint (a classic script in the head), so that a chosen theme does not flash.
(() => {
    try {
        const theme = localStorage.getItem("domin.theme");
        if (theme === "light" || theme === "dark") {
            document.documentElement.dataset.theme = theme;
        }
    } catch {
        // Storage can be switched off in the browser; the system's theme is used then.
    }
})();
