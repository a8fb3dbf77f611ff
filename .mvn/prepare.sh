# shellcheck shell=sh
# What `domin` does where the last start's state file does not hold: chooses a JDK, builds, makes the start-up cache.
#
# To be sourced by `domin`, whose variables it uses. It is a file of its own because a shell parses its whole script at each
# start. `prepare` sets JDK and cache; where java cannot be started, it says why and exits with 2.

# What the cache is trained on: a program that goes through what a typical start goes through.
training=dev.domin.cli.Training
# Without this the cache holds what was compiled while training, and java compiles all of that anew at every start, while
# the script waits for its turn on the same cores.
training_flags='-XX:+IgnoreUnrecognizedVMOptions -XX:-AOTRecordTraining -Ddomin.alone=true'

lock=$target/domin.lock
building= # not empty while the previous build is moved away

# Writes what was found out, for the next start.
write_state() {
    [ -w "$target" ] || return 0
    { printf '%s\n' "$key" "$JDK" "$1" "$head_ref" "$head" >"$state.$$" && mv -f "$state.$$" "$state"; } 2>/dev/null \
        || rm -f "$state.$$"
}

# Succeeds if there is a whole build of the commit that is checked out. Without a checkout any build will do.
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
        say "DOMIN_JAVA_HOME is $DOMIN_JAVA_HOME, which is no JDK $JDK_WANTED or later."
        say "Point it at one (the folder that holds bin/java and release), or unset it to let domin look for one."
    else
        say "no JDK $JDK_WANTED or later was found."
        say "Looked at: $JDK_LOOKED."
        say "Get one from https://adoptium.net (or: apt install openjdk-25-jdk, brew install openjdk, sdk install java 25-tem),"
        say "and if it is in an unusual place, set DOMIN_JAVA_HOME to its folder."
    fi
    exit 2
}

# Sets began to the time when process $1 began, which tells it from a later one of the same number; to nothing if unknown.
find_beginning() {
    began=
    if { IFS= read -r began <"/proc/$1/stat"; } 2>/dev/null; then
        # shellcheck disable=SC2086
        set -- ${began##*) } # from the third field on: the second is a name in brackets, which may have blanks
        began=${20-}
    else
        began=$(ps -o lstart= -p "$1" 2>/dev/null)
    fi
}

# Succeeds if the lock's holder is gone. A lock without a pid is one being made; only an old one of that kind is stale.
lock_is_stale() {
    holder=
    if ! { IFS= read -r holder <"$lock/pid"; } 2>/dev/null || [ -z "$holder" ]; then
        unowned=$((unowned + 1))
        [ "$unowned" -gt 5 ]
        return
    fi
    pid=${holder%% *}
    [ -d "/proc/$pid" ] || kill -0 "$pid" 2>/dev/null || return 0
    find_beginning "$pid"
    [ "$holder" != "$pid $began" ]
}

# Takes the lock: fails at once if it cannot be made here; where $1 is `wait`, waits for another start to let it go.
take_lock() {
    unowned=0
    told=
    mkdir -p "$target" 2>/dev/null
    until mkdir "$lock" 2>/dev/null; do
        [ -w "$target" ] || return 1
        if lock_is_stale; then
            # Of several that see it stale, one moves it; a lock that was taken meanwhile goes back.
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
        [ -n "$told" ] || say "another start is building, waiting for it..."
        told=1
        sleep 1
    done
    trap 'restore_build; rm -rf "$lock"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap 'exit 129' HUP
    find_beginning $$
    printf '%s\n' "$$ $began" >"$lock/pid"
}

release_lock() {
    rm -rf "$lock"
    trap - EXIT INT TERM HUP
}

# Keeps what Maven prints in the file $1, and shows a line for each module that it begins.
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
    # A build ends before the JVM's optimizing compiler has paid off; without that compiler it takes half the time.
    failed=$({
        { (cd "$home" && JAVA_HOME=$JDK MAVEN_OPTS="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS-}" ./mvnw -B -ntp -Dfast \
            -Dmaven.test.skip=true -pl cli -am package) 2>&1 </dev/null 3>&- || echo failed >&3; } | show_modules "$log"
    } 3>&1 >&2)
    if [ -n "$failed" ] || ! [ -r "$jar" ]; then
        sed '/^\[INFO\]/d' "$log" | tail -n 20 >&2
        [ -n "$failed" ] || say "the build made no $jar"
        say "the build failed; the whole log is in $log"
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

# Makes the cache under another name first, so that nobody ever sees half of one, and drops it if the jar changed meanwhile.
train() {
    say "making the start-up cache, once after a build..."
    rm -f "$target"/domin.[0-9]*.aot "$target"/domin.[0-9]*.aot.config # what one that was killed here left behind
    fresh=$target/domin.$$.aot
    before=$(cksum <"$jar")
    # shellcheck disable=SC2086
    "$JDK/bin/java" $flags $cache_flags $training_flags -Xlog:disable -XX:AOTCacheOutput="$fresh" -cp "$jar" $training \
        >"$target/domin-cache.log" 2>&1 </dev/null
    if [ -s "$fresh" ] && [ "$before" = "$(cksum <"$jar")" ] && cache_is_whole "$fresh"; then
        for old in "$target"/domin-*.aot; do [ "$old" -nt "$jar" ] || rm -f "$old"; done
        mv -f "$fresh" "$cache"
    else
        say "no cache could be made ($target/domin-cache.log tells why); starts are slower, but nothing else."
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
        say "$jar is not there, and cannot be built: $home is not writable for you."
        exit 2
    elif ! is_built; then
        say "another commit is checked out than the one that was built; running that build, since $home is not writable for you."
    fi
}

# Sets JDK and cache, and makes what is missing. An empty state file means that java could not use the cache.
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
