# Builds for Windows on x64 with mingw-w64 (posix threads), against what scripts/windows_packages.sh put
# into RATCHET_WINDOWS_SYSROOT. The runtime is linked in: what comes out needs the system's own DLLs alone.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)

set(triplet x86_64-w64-mingw32)
set(CMAKE_C_COMPILER ${triplet}-gcc-posix)
set(CMAKE_CXX_COMPILER ${triplet}-g++-posix)
set(CMAKE_RC_COMPILER ${triplet}-windres)

set(RATCHET_WINDOWS_SYSROOT "${CMAKE_CURRENT_LIST_DIR}/../.tools/windows/sysroot" CACHE PATH
    "The headers and archives of third parties for Windows")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES RATCHET_WINDOWS_SYSROOT)
set(CMAKE_FIND_ROOT_PATH "${RATCHET_WINDOWS_SYSROOT}" "/usr/${triplet}")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# Windows 10 is the oldest system that is asked for; the headers show no more than that has.
set(CMAKE_C_FLAGS_INIT "-D_WIN32_WINNT=0x0A00")
set(CMAKE_CXX_FLAGS_INIT "-D_WIN32_WINNT=0x0A00")
# No time of the link: the same sources give the same bytes.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static -Wl,--no-insert-timestamp")
set(CMAKE_SHARED_LINKER_FLAGS_INIT "-static -Wl,--no-insert-timestamp")
