# Finds a JDK 25 and sets java_home to it, or fails. Read (.) by ./sobre, bin/sobre and .ci/run.
# A JDK tells its version in its release file, so nothing needs to be started to know it.

is_jdk_25() { # DIR
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r line; do
        case $line in
            JAVA_VERSION=\"25\" | JAVA_VERSION=\"25.* | JAVA_VERSION=\"25-*) return 0 ;;
            JAVA_VERSION=*) return 1 ;;
        esac
    done <"$1/release"
    return 1
}

find_jdk_25() {
    for java_home in "${JAVA_HOME:-}" "${JAVA25_HOME:-}" "${JAVA_HOME_25_X64:-}"; do
        [ -n "$java_home" ] && is_jdk_25 "$java_home" && return 0
    done
    java=$(command -v java 2>/dev/null) && java=$(readlink -f "$java") || java=
    java_home=${java%/bin/java}
    home=${HOME:-/nonexistent} # a service manager may start us without one
    [ -n "$java_home" ] && is_jdk_25 "$java_home" && return 0
    for java_home in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* /usr/local/* \
        "$home"/.sdkman/candidates/java/* "$home"/.jdks/* "$home"/.m2/jdks/*; do
        is_jdk_25 "$java_home" && return 0
    done
    java_home=
    return 1
}

how_to_get_jdk_25() {
    cat >&2 <<'END'
sobre: no JDK 25 found (looked at JAVA_HOME, PATH, /usr/lib/jvm, /opt and ~/.sdkman).
Get one, then try again:
  Debian 13, Ubuntu:  sudo apt install openjdk-25-jdk-headless
                      (where the release has it; if not, use one of the following)
  Eclipse Temurin:    https://adoptium.net/installation/ (package temurin-25-jdk)
  SDKMAN!:            sdk install java 25-tem
A JDK in another place is found through: export JAVA_HOME=/path/to/jdk-25
END
}
