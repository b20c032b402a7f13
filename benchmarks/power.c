/* What a disk surely holds: each fsync and fdatasync below the folder POWER_WATCHED is done, and then what it synced is
 * copied into the folder POWER_SYNCED: a file's bytes as f-KEY, a folder's names as d-KEY, KEY being the number of the
 * inode and its time of birth, so that it stays through renames and is never another file's.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { KEY_SIZE = 64, BLOCK = 1 << 16 };

static int key_of(int folder, const char *name, char *key, mode_t *mode)
{
    struct statx found;
    int flags = *name ? AT_SYMLINK_NOFOLLOW : AT_EMPTY_PATH;
    if (statx(folder, name, flags, STATX_INO | STATX_BTIME | STATX_TYPE, &found) != 0)
        return -1;
    *mode = found.stx_mode;
    snprintf(key, KEY_SIZE, "%llu-%lld-%u", (unsigned long long)found.stx_ino, (long long)found.stx_btime.tv_sec,
             found.stx_btime.tv_nsec);
    return 0;
}

static int is_watched(int file)
{
    char link[64], path[PATH_MAX];
    const char *watched = getenv("POWER_WATCHED");
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (watched == NULL || length < 0)
        return 0;
    path[length] = 0;
    return strncmp(path, watched, strlen(watched)) == 0;
}

static void copy_bytes(int file, int copy)
{
    char block[BLOCK], link[64];
    int source = file;
    if ((fcntl(file, F_GETFL) & O_ACCMODE) == O_WRONLY) {
        /* Files that are read elsewhere keep their descriptor: to close another one would end a process's locks. */
        snprintf(link, sizeof link, "/proc/self/fd/%d", file);
        source = open(link, O_RDONLY | O_CLOEXEC);
    }
    off_t at = 0;
    ssize_t length;
    while ((length = pread(source, block, sizeof block, at)) > 0 && write(copy, block, (size_t)length) == length)
        at += length;
    if (source != file)
        close(source);
}

static void list_names(int folder, int copy)
{
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = again < 0 ? NULL : fdopendir(again);
    struct dirent *entry;
    while (names != NULL && (entry = readdir(names)) != NULL) {
        char key[KEY_SIZE];
        mode_t mode;
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            key_of(folder, entry->d_name, key, &mode) == 0)
            dprintf(copy, "%s\t%s\n", key, entry->d_name);
    }
    if (names != NULL)
        closedir(names);
}

static void keep(int file)
{
    char key[KEY_SIZE], draft[PATH_MAX], kept[PATH_MAX];
    const char *synced = getenv("POWER_SYNCED");
    mode_t mode;
    if (synced == NULL || !is_watched(file) || key_of(file, "", key, &mode) != 0)
        return;
    if (!S_ISREG(mode) && !S_ISDIR(mode))
        return;
    snprintf(kept, sizeof kept, "%s/%c-%s", synced, S_ISDIR(mode) ? 'd' : 'f', key);
    snprintf(draft, sizeof draft, "%s/draft-%d-%ld", synced, getpid(), syscall(SYS_gettid));
    int copy = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (copy < 0)
        return;
    if (S_ISDIR(mode))
        list_names(file, copy);
    else
        copy_bytes(file, copy);
    close(copy);
    rename(draft, kept);
}

static int synced(const char *name, int file)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    int failed = real(file);
    if (failed == 0) {
        keep(file);
        errno = 0;
    }
    return failed;
}

int fsync(int file)
{
    return synced("fsync", file);
}

int fdatasync(int file)
{
    return synced("fdatasync", file);
}
