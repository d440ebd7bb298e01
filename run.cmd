@echo off
echo Ratchet changes many files of a repository as one step that happens whole or not at all.
echo.
echo This script builds nothing: the engine is built on Linux, also for Windows.
echo.
echo To use Ratchet on Windows, take a package that somebody built:
echo.
echo   1. Unpack it anywhere. It holds bin, lib and share\powershell\Modules\Ratchet.
echo   2. In PowerShell 7.4 or later:
echo        Import-Module C:\where\it\lies\share\powershell\Modules\Ratchet\Ratchet.psd1
echo        Get-RatchetPattern
echo.
echo There is no package for Windows yet. Until then, use it in WSL, where it is also built:
echo.
echo   1. wsl --install -d Debian
echo   2. In that Debian, in a folder of its own file system (not below /mnt):
echo        git clone THE-REPOSITORY ratchet
echo        cd ratchet
echo        ./run.sh demo
echo.
echo   ./run.sh help lists what else there is; docs/build.md says what it installs.
exit /b 2
