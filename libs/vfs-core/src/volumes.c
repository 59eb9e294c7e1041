/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Volumes: what the machine's parameters kraft.volume=TYPE:SOURCE:FOLDER, or
 * with :ro behind it, ask to be mounted when all else is. An instance whose
 * volume is not there does not begin: its data would go nowhere.
 */
#include <kraft/alloc.h>
#include <kraft/boot.h>
#include <kraft/print.h>
#include <kraft/string.h>

#include "core.h"

#define PARAMETER "kraft.volume"
#define READ_ONLY 1ul /* MS_RDONLY */

static const char *reason(int error)
{
    switch (-error) {
    case KR_ENOENT:
        return "there is no such folder";
    case KR_EROFS:
        return "the folder is not there, and none can be made where nothing can be written";
    case KR_ENOTDIR:
        return "that is not a folder";
    case KR_ENODEV:
        return "the machine has no such device, or the image no driver of it";
    case KR_EBUSY:
        return "it is in use";
    case KR_ENOMEM:
        return "there is too little memory";
    case KR_EIO:
        return "its content is damaged, or cannot be read";
    case KR_ENOSPC:
        return "the disk is too small for a file system";
    case KR_EINVAL:
        return "it holds no file system of this type";
    default:
        return "the device refuses";
    }
}

/* Cuts (text) at the next colon; what follows, or NULL. */
static char *cut(char *text)
{
    while (*text != ':' && *text != '\0')
        text++;
    if (*text == '\0')
        return NULL;
    *text = '\0';
    return text + 1;
}

/* Makes the folder and those that it lies in, where they are missing. */
static int make_folders(char *path)
{
    for (char *at = path + 1;; at++) {
        char end = *at;

        if (end != '/' && end != '\0')
            continue;
        *at = '\0';
        int error = kr_vfs_mkdirat(KR_VFS_HERE, path, 0755);
        *at = end;
        if (error < 0 && error != -KR_EEXIST)
            return error;
        if (end == '\0')
            return 0;
    }
}

static int mount(const char *source, char *folder, const char *type, unsigned long flags)
{
    int error = kr_vfs_mount(source, folder, type, flags, NULL);

    if (error != -KR_ENOENT)
        return error;
    error = make_folders(folder);
    return error < 0 ? error : kr_vfs_mount(source, folder, type, flags, NULL);
}

int vfs_core_mount_volumes(void)
{
    const char *value;

    for (unsigned i = 0; (value = kr_boot_parameter(PARAMETER, i)) != NULL; i++) {
        size_t length = 0;

        while (value[length] != '\0')
            length++;
        char *text = kr_alloc_allocate(length + 1); /* stays: the mount's source is in it */
        if (text == NULL)
            return -KR_ENOMEM;
        memcpy(text, value, length + 1);
        char *source = cut(text);
        char *folder = source == NULL ? NULL : cut(source);
        char *access = folder == NULL ? NULL : cut(folder);
        bool sound = folder != NULL && folder[0] == '/' &&
                     (access == NULL || (access[0] == 'r' && access[1] == 'o' && access[2] == '\0'));
        if (!sound) {
            kr_print_format("vfs-core: %s=%s: expected TYPE:SOURCE:FOLDER\n", PARAMETER, value);
            kr_boot_exit(1);
        }
        int error = mount(source, folder, text, access == NULL ? 0 : READ_ONLY);
        if (error == 0)
            continue;
        kr_print_format("vfs-core: the volume %s (%s) cannot be mounted upon %s: %s.\n", source,
                        text, folder, reason(error));
        kr_boot_exit(1);
    }
    return 0;
}
