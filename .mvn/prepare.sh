# shellcheck shell=sh
# What `domin` does if the state file of the last start is not valid: chooses a JDK, builds, creates the start-up cache.
#
# To be sourced by `domin`, whose variables it uses. It is a separate file, since a shell parses its whole script at each start. `prepare` sets JDK and cache; if java cannot be started, it prints the reason and exits with 2.

# The program that the cache is trained on, which does what a typical start does.
training=dev.domin.cli.Training
# Without this the cache records which methods were compiled during training, and java compiles them again at every start,
# while the script waits for the same cores.
training_flags='-XX:+IgnoreUnrecognizedVMOptions -XX:-AOTRecordTraining -Ddomin.alone=true'

lock=$target/domin.lock
building= # not empty while the previous build is moved away

# Writes the state file for the next start.
write_state() {
    [ -w "$target" ] || return 0
    { printf '%s\n' "$key" "$JDK" "$1" "$head_ref" "$head" >"$state.$$" && mv -f "$state.$$" "$state"; } 2>/dev/null \
        || rm -f "$state.$$"
}

# Succeeds if there is a complete build of the commit that is checked out. Without a checkout any build is accepted.
is_built() {
    search_head "$home"
    built=
    [ -r "$jar" ] && [ -r "$record" ] || return 1
    IFS= read -r built <"$record"
    if [ -n "${DOMIN_COMMIT+set}" ]; then
        head=$built # for the state file, which the next start outside the build compares
        head_ref=
    fi
    [ -z "$head" ] || [ "$head" = "$built" ]
}

choose_jdk() {
    # shellcheck source=.mvn/find-jdk.sh
    . "$home/.mvn/find-jdk.sh" || exit 2
    ! find_jdk || return 0
    if [ -n "${DOMIN_JAVA_HOME-}" ]; then
        say "DOMIN_JAVA_HOME is $DOMIN_JAVA_HOME, which is not a JDK $JDK_WANTED or later."
        say "Set it to one (the folder that contains bin/java and release), or unset it to let domin search for one."
    else
        say "no JDK $JDK_WANTED or later was found."
        say "Looked at: $JDK_LOOKED."
        say "Get one from https://adoptium.net (or: apt install openjdk-25-jdk, brew install openjdk, sdk install java 25-tem),"
        say "and if it is in an unusual place, set DOMIN_JAVA_HOME to its folder."
    fi
    exit 2
}

# Sets started to the start time of process $1, which distinguishes it from a later one of the same number; empty if unknown.
find_start_time() {
    started=
    if { IFS= read -r started <"/proc/$1/stat"; } 2>/dev/null; then
        # shellcheck disable=SC2086
        set -- ${started##*) } # from the third field on: the second is a name in brackets, which may contain spaces
        started=${20-}
    else
        started=$(ps -o lstart= -p "$1" 2>/dev/null)
    fi
}

# Succeeds if the lock's holder is gone. A lock without a pid is just being created; it is stale only if it stays so.
lock_is_stale() {
    holder=
    if ! { IFS= read -r holder <"$lock/pid"; } 2>/dev/null || [ -z "$holder" ]; then
        unowned=$((unowned + 1))
        [ "$unowned" -gt 5 ]
        return
    fi
    pid=${holder%% *}
    [ -d "/proc/$pid" ] || kill -0 "$pid" 2>/dev/null || return 0
    find_start_time "$pid"
    [ "$holder" != "$pid $started" ]
}

# Takes the lock. Fails at once if it cannot be created here; if $1 is `wait`, waits until another start releases it.
take_lock() {
    unowned=0
    reported=
    mkdir -p "$target" 2>/dev/null
    until mkdir "$lock" 2>/dev/null; do
        [ -w "$target" ] || return 1
        if lock_is_stale; then
            # Of several starts that find it stale, one moves it; a lock that was taken meanwhile is moved back.
            stale=$holder
            if mv "$lock" "$lock.$$" 2>/dev/null; then
                holder=
                { IFS= read -r holder <"$lock.$$/pid"; } 2>/dev/null
                if [ "$holder" = "$stale" ]; then rm -rf "$lock.$$"; else mv "$lock.$$" "$lock" 2>/dev/null; fi
            fi
            unowned=0
            continue
        fi
        [ "$1" = wait ] || return 1
        [ -n "$reported" ] || say "another start is building, waiting for it..."
        reported=1
        sleep 1
    done
    trap 'restore_build; rm -rf "$lock"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap 'exit 129' HUP
    find_start_time $$
    printf '%s\n' "$$ $started" >"$lock/pid"
}

release_lock() {
    rm -rf "$lock"
    trap - EXIT INT TERM HUP
}

# Writes the output of Maven to the file $1, and prints a line for each module when its build starts.
show_modules() {
    while IFS= read -r line; do
        printf '%s\n' "$line"
        case $line in
        '[INFO] Building '*' ['*/*']')
            module=${line#*Building }
            module=${module%%  *}
            say "building ${line##* } ${module% *}"
            ;;
        esac
    done >"$1"
}

# Restores the previous build if this one has not completed.
restore_build() {
    [ -n "$building" ] || return 0
    building=
    rm -f "$record" "$jar"
    [ ! -e "$jar.old" ] || mv -f "$jar.old" "$jar"
    [ ! -e "$record.old" ] || mv -f "$record.old" "$record"
}

# The old jar is moved away first: Maven would overwrite it in place, and a running script may still read it. The record is
# removed before a build and written after it, so a jar without a record is incomplete.
build() {
    log=$target/domin-build.log
    commit=$head
    building=yes
    if [ -e "$record" ] && [ -e "$jar" ]; then
        say "another commit is checked out than the one that was built; building again..."
        mv -f "$record" "$record.old"
        mv -f "$jar" "$jar.old"
    else
        if [ -e "$jar" ] || [ -e "$jar.old" ]; then
            say "the last build was not completed; building again..."
        else
            say "building on first use; this takes about a minute, and needs a network..."
        fi
        rm -f "$record" "$record.old" "$jar" "$jar.old"
    fi
    # A build is too short to profit from the JVM's optimizing compiler; without it, the build takes half the time.
    failed=$({
        { (cd "$home" && JAVA_HOME=$JDK MAVEN_OPTS="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS-}" ./mvnw -B -ntp -Dfast \
            -Dmaven.test.skip=true -pl cli -am package) 2>&1 </dev/null 3>&- || echo failed >&3; } | show_modules "$log"
    } 3>&1 >&2)
    if [ -n "$failed" ] || ! [ -r "$jar" ]; then
        sed '/^\[INFO\]/d' "$log" | tail -n 20 >&2
        [ -n "$failed" ] || say "the build did not create $jar"
        say "the build failed; the complete log is in $log"
        restore_build
        [ ! -e "$jar" ] || say "to run the build of the other commit: $JDK/bin/java -jar $target/domin.jar FILE.dom"
        exit 2
    fi
    building=
    rm -f "$jar.old" "$record.old"
    printf '%s\n' "$commit" >"$record"
}

# Succeeds if java can use the cache $1. Without AOTMode=on, java silently ignores a cache that it cannot use.
cache_is_whole() {
    # shellcheck disable=SC2086
    "$JDK/bin/java" $flags $cache_flags -XX:+IgnoreUnrecognizedVMOptions -XX:AOTCache="$1" -XX:AOTMode=on -Xlog:disable -cp "$jar" \
        -version >/dev/null 2>&1 </dev/null
}

# Creates the cache under another name first, so that no start sees an incomplete one, and deletes it if the jar has changed.
train() {
    say "creating the start-up cache, once after a build..."
    rm -f "$target"/domin.[0-9]*.aot "$target"/domin.[0-9]*.aot.config # left by a start that was killed here
    fresh=$target/domin.$$.aot
    before=$(cksum <"$jar")
    # shellcheck disable=SC2086
    "$JDK/bin/java" $flags $cache_flags $training_flags -Xlog:disable -XX:AOTCacheOutput="$fresh" -cp "$jar" $training \
        >"$target/domin-cache.log" 2>&1 </dev/null ||
        say "the training for the cache has failed (see $target/domin-cache.log): the cache is incomplete, and starts are slower."
    if [ -s "$fresh" ] && [ "$before" = "$(cksum <"$jar")" ] && cache_is_whole "$fresh"; then
        for old in "$target"/domin-*.aot; do [ "$old" -nt "$jar" ] || rm -f "$old"; done
        mv -f "$fresh" "$cache"
    else
        say "the cache cannot be created (see $target/domin-cache.log); starts are slower, but everything works."
    fi
    rm -f "$fresh" "$fresh.config"
}

# Builds if the commit that is checked out is not the one that was built. Without write permission, the existing build is run.
prepare_build() {
    ! is_built || [ -d "$lock" ] || return 0
    if take_lock wait; then
        is_built || build
        release_lock
    elif ! [ -r "$jar" ]; then
        say "$jar does not exist and cannot be built: you have no permission to write to $home."
        exit 2
    elif ! is_built; then
        say "another commit is checked out than the one that was built; running that build, since you have no permission to write to $home."
    fi
}

# Sets JDK and cache, and creates what is missing. An empty state file means that java could not use the cache.
prepare() {
    choose_jdk
    prepare_build
    identity=$({ printf '%s\n' "$JDK" && cat "$JDK/release"; } | cksum)
    cache=$target/domin-${identity%% *}.aot
    if [ -f "$state" ] && ! [ -s "$state" ] && [ -f "$cache" ] && ! cache_is_whole "$cache"; then rm -f "$cache"; fi
    cache_is_fresh && write_state "${cache##*/}" && return
    if take_lock now; then
        cache_is_fresh || train
        release_lock
        if cache_is_fresh; then write_state "${cache##*/}"; else write_state ""; fi
    fi
}
