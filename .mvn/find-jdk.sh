# Finds a JDK of at least 25 without starting one: it reads the file `release` that every JDK contains.
#
# To be sourced by a POSIX shell. `find_jdk` sets JDK to the folder found, or to an empty string, and JDK_LOOKED to
# the places it searched.
# Forks only to resolve links, so a warm start costs nothing here.

JDK_WANTED=25
JDK_LATEST= # the latest accepted version; empty for any

# Succeeds if $1 is the home of a JDK that is new enough.
jdk_is_usable() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    jdk_version=
    while IFS= read -r jdk_line || [ -n "$jdk_line" ]; do
        case $jdk_line in
        JAVA_VERSION=*)
            jdk_version=${jdk_line#JAVA_VERSION=}
            jdk_version=${jdk_version#\"}
            jdk_version=${jdk_version%%[!0-9]*}
            ;;
        esac
    done <"$1/release"
    [ -n "$jdk_version" ] && [ "$jdk_version" -ge "$JDK_WANTED" ] &&
        { [ -z "$JDK_LATEST" ] || [ "$jdk_version" -le "$JDK_LATEST" ]; }
}

# Checks the candidates in order; sets JDK to the first one that is usable.
jdk_try() {
    for jdk_candidate; do
        if jdk_is_usable "$jdk_candidate"; then
            JDK=$jdk_candidate
            return 0
        fi
    done
    return 1
}

find_jdk() {
    JDK=
    JDK_LOOKED=
    if [ -n "${DOMIN_JAVA_HOME-}" ]; then
        JDK_LOOKED="DOMIN_JAVA_HOME ($DOMIN_JAVA_HOME)"
        jdk_is_usable "$DOMIN_JAVA_HOME" || return 1
        JDK=$DOMIN_JAVA_HOME
        return 0
    fi
    if [ -n "${JAVA_HOME-}" ]; then
        JDK_LOOKED="JAVA_HOME ($JAVA_HOME), "
        ! jdk_try "$JAVA_HOME" || return 0
    else
        JDK_LOOKED="JAVA_HOME (not set), "
    fi
    jdk_java=$(command -v java 2>/dev/null) || jdk_java=
    if [ -n "$jdk_java" ]; then
        jdk_java=$(readlink -f "$jdk_java" 2>/dev/null) || jdk_java=
        JDK_LOOKED="${JDK_LOOKED}java on the PATH ($jdk_java), "
        ! jdk_try "${jdk_java%/bin/java}" || return 0
    else
        JDK_LOOKED="${JDK_LOOKED}java on the PATH (none), "
    fi
    JDK_LOOKED="${JDK_LOOKED}/usr/lib/jvm, /usr/java, /opt, ~/.sdkman, ~/.jdks, ~/.gradle/jdks, ~/.jbang, mise, asdf, Homebrew and /Library/Java/JavaVirtualMachines"
    jdk_home=${HOME-/nonexistent}
    jdk_try /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/java/* /opt/jdk/* /usr/local/lib/jvm/* /usr/local/openjdk-* \
        "${SDKMAN_DIR-$jdk_home/.sdkman}"/candidates/java/* "$jdk_home"/.jdks/* "$jdk_home"/.gradle/jdks/* \
        "$jdk_home"/.gradle/jdks/*/Contents/Home "$jdk_home"/.jbang/cache/jdks/* \
        "${MISE_DATA_DIR-$jdk_home/.local/share/mise}"/installs/java/* "${ASDF_DATA_DIR-$jdk_home/.asdf}"/installs/java/* \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$jdk_home"/Library/Java/JavaVirtualMachines/*/Contents/Home
}

# Prints the home of a JDK 17, on which the engine's tests run a second time; prints nothing if there is none.
find_jdk17() (
    JDK_WANTED=17
    JDK_LATEST=17
    unset DOMIN_JAVA_HOME JAVA_HOME
    ! find_jdk || printf '%s\n' "$JDK"
)
