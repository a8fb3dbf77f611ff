# shellcheck shell=sh
# Finds the commit that is checked out by reading the files of git, without starting a process.
#
# To be sourced by a POSIX shell, also under `set -eu`. `read_head` and `search_head` take the top folder as $1, and set
#   head         the commit; empty if there is no checkout, or none of its files has the commit
#   head_ref     the name of the reference that HEAD is a link to, such as refs/heads/main; empty if HEAD is detached
#   head_git     the folder that has HEAD
#   head_common  the folder that has the references; another one in a linked worktree

# Looks in HEAD and in the file of the reference, which is cheap. Fails if there is no such file; then the tables of references
# have to be searched, which `search_head` does.
read_head() {
    head=
    head_ref=
    head_git=$1/.git
    if [ -f "$head_git" ]; then # a linked worktree or a submodule, whose folder is elsewhere
        IFS= read -r head_git <"$head_git" || :
        head_git=${head_git#gitdir: }
        case $head_git in /*) ;; *) head_git=$1/$head_git ;; esac
    fi
    head_common=$head_git
    [ -r "$head_git/HEAD" ] || return 0
    if [ -r "$head_git/commondir" ]; then
        IFS= read -r head_common <"$head_git/commondir" || :
        case $head_common in /*) ;; *) head_common=$head_git/$head_common ;; esac
    fi
    IFS= read -r head <"$head_git/HEAD" || :
    for _ in 1 2 3 4 5; do # a reference may itself be a link to another; git follows five
        case $head in
        'ref: '*) head_ref=${head#ref: } ;;
        *) return 0 ;;
        esac
        head=
        [ -r "$head_common/$head_ref" ] || return 1
        IFS= read -r head <"$head_common/$head_ref" || :
    done
    head=
}

# After `read_head` has failed: succeeds if no table has changed since the file $1 was written.
tables_are_older() {
    ! [ "$head_common/packed-refs" -nt "$1" ] \
        && ! [ "$head_common/reftable/tables.list" -nt "$1" ] && ! [ "$head_git/reftable/tables.list" -nt "$1" ]
}

# Looks in HEAD, in files and in tables. May start git.
search_head() {
    ! read_head "$1" || return 0
    if [ -r "$head_common/packed-refs" ]; then
        while IFS=' ' read -r head_commit head_name; do
            if [ "$head_name" = "$head_ref" ]; then
                head=$head_commit
                return 0
            fi
        done <"$head_common/packed-refs"
    fi
    # The newer format of the table is binary.
    [ ! -d "$head_common/reftable" ] || head=$(git -C "$1" rev-parse --quiet --verify HEAD 2>/dev/null) || head=
}
