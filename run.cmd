@echo off
setlocal

rem Shows and tests a package of Ratchet on Windows. It builds nothing: both systems are built on Linux,
rem by ./run.sh package. Written for what every cmd has: no delayed expansion, no program but our own.

set "here=%~dp0"
set "asked=%~1"
if "%asked%"=="" set "asked=help"
if /i "%asked%"=="help" goto help
if /i "%asked%"=="demo" goto find_package
if /i "%asked%"=="test" goto find_package
echo run.cmd: there is no command "%asked%"; run.cmd help lists them 1>&2
exit /b 2

:help
echo Ratchet changes many files of a repository as one step that happens whole or not at all.
echo.
echo run.cmd demo [PACKAGE]   shows batch_create on a scratch project
echo run.cmd test [PACKAGE]   checks that the package works on this machine
echo run.cmd help             prints this
echo.
echo PACKAGE is the folder or the zip of a release for Windows, ratchet-VERSION-win-x64. Without it, one is
echo looked for beside this file and in build\package, where ./run.sh package puts it on Linux.
echo.
echo For PowerShell 7.4 or later, unpack Ratchet-VERSION.zip into a folder of $env:PSModulePath, then:
echo   Import-Module Ratchet
exit /b 0

rem The program goes into %program%, and what is to be removed at the end into %unpacked%.
:find_package
set "unpacked="
set "package=%~2"
if not "%package%"=="" goto look_at_package
if exist "%here%bin\ratchet.exe" set "package=%here%"
if "%package%"=="" for /d %%p in ("%here%ratchet-*-win-x64") do set "package=%%~p"
if "%package%"=="" for %%p in ("%here%ratchet-*-win-x64.zip") do set "package=%%~p"
if "%package%"=="" for %%p in ("%here%build\package\ratchet-*-win-x64.zip") do set "package=%%~p"
if not "%package%"=="" goto look_at_package
echo run.cmd: there is no package beside %here%; name one: run.cmd %asked% PACKAGE 1>&2
exit /b 2

:look_at_package
if not exist "%package%" (
  echo run.cmd: "%package%" is not there 1>&2
  exit /b 2
)
if /i not "%package:~-4%"==".zip" goto find_program
set "unpacked=%TEMP%\ratchet-package-%RANDOM%%RANDOM%"
mkdir "%unpacked%"
tar -xf "%package%" -C "%unpacked%"
if errorlevel 1 (
  rmdir /s /q "%unpacked%"
  echo run.cmd: "%package%" cannot be unpacked with tar; unpack it and name the folder 1>&2
  exit /b 2
)
for /d %%p in ("%unpacked%\*") do set "package=%%~p"

:find_program
for %%p in ("%package%") do set "package=%%~fp"
set "program=%package%\bin\ratchet.exe"
if not exist "%program%" (
  if not "%unpacked%"=="" rmdir /s /q "%unpacked%"
  echo run.cmd: "%package%" has no bin\ratchet.exe, so it is no package for Windows 1>&2
  exit /b 2
)

set "passed=0"
set "failed=0"
set "skipped=0"
set "scratch=%TEMP%\ratchet-%asked%-%RANDOM%%RANDOM%"
mkdir "%scratch%"
call :write_project
pushd "%scratch%"
call :step 0 "The program runs." --version
call :step 0 "1. The plan: what would be made. Nothing is written." run batch_create shop.yaml --dry-run
call :absent shop\product.py "a plan wrote a file"
call :step 0 "2. The run: whole or not at all." run batch_create shop.yaml
call :present shop\product.py "a file of the run is not there"
call :present shop\customer.py "a file of the run is not there"
call :step 0 "3. The run can still be taken back." runs
call :step 2 "4. An instance with a mistake: refused, with the place and a hint." run batch_create mistake.yaml
call :absent market "a refused run wrote a file"
call :step 1 "5. Files that are there already: a conflict, and they stay as they are." run batch_create shop.yaml
call :step 0 "6. What this machine has to check files with." doctor
call :try_powershell
popd

if not "%unpacked%"=="" rmdir /s /q "%unpacked%"
if /i "%asked%"=="demo" echo The scratch project: %scratch%
if /i "%asked%"=="test" rmdir /s /q "%scratch%"
echo %passed% passed, %failed% failed, %skipped% skipped
if not "%failed%"=="0" exit /b 1
exit /b 0

rem :step EXIT_CODE "WHAT" WORD...: runs the program, and insists on how it ends.
:step
set "wanted=%~1"
echo.
echo %~2
echo ^> ratchet %3 %4 %5 %6
"%program%" %3 %4 %5 %6
set "code=%ERRORLEVEL%"
if "%code%"=="%wanted%" (
  set /a passed+=1 >nul
) else (
  set /a failed+=1 >nul
  echo FAILED: it ended with %code% instead of %wanted%
)
exit /b 0

:present
if exist "%~1" (
  set /a passed+=1 >nul
) else (
  set /a failed+=1 >nul
  echo FAILED: %~2 ^(%~1^)
)
exit /b 0

:absent
if exist "%~1" (
  set /a failed+=1 >nul
  echo FAILED: %~2 ^(%~1^)
) else (
  set /a passed+=1 >nul
)
exit /b 0

rem The module is a package of its own; where it lies beside this one, it is imported.
:try_powershell
set "module="
for %%p in ("%here%Ratchet-*.zip" "%here%build\package\Ratchet-*.zip") do set "module=%%~p"
set "pwsh="
for %%p in (pwsh.exe) do set "pwsh=%%~$PATH:p"
if "%pwsh%"=="" (
  set /a skipped+=1 >nul
  echo SKIPPED: the PowerShell module ^(no pwsh^)
  exit /b 0
)
if "%module%"=="" (
  set /a skipped+=1 >nul
  echo SKIPPED: the PowerShell module ^(no Ratchet-VERSION.zip beside this file or in build\package^)
  exit /b 0
)
mkdir modules
tar -xf "%module%" -C modules
echo.
echo 7. The same through PowerShell.
"%pwsh%" -NoProfile -NonInteractive -Command "$env:PSModulePath = (Get-Item modules).FullName; Import-Module Ratchet -ErrorAction Stop; Get-RatchetPattern"
if errorlevel 1 (
  set /a failed+=1 >nul
  echo FAILED: the module cannot be imported
) else (
  set /a passed+=1 >nul
)
exit /b 0

:write_project
mkdir "%scratch%\shop"
type nul > "%scratch%\shop\__init__.py"
set "instance=%scratch%\shop.yaml"
call :write_head
>>"%instance%" echo   - path: shop/product.py
>>"%instance%" echo     template_vars: {entity: Product, fields: [{name: name, type: str}]}
>>"%instance%" echo   - path: shop/customer.py
>>"%instance%" echo     template_vars: {entity: Customer, fields: [{name: name, type: str}]}
set "instance=%scratch%\mistake.yaml"
call :write_head
>>"%instance%" echo   - path: market/product.py
>>"%instance%" echo     template_vars: {entitty: Product, fields: [{name: name, type: str}]}
exit /b 0

:write_head
>"%instance%" echo pattern_id: PAT-BATCH-CREATE-001
>>"%instance%" echo project_root: .
>>"%instance%" echo template_type: model_dataclass
>>"%instance%" echo files_to_create:
exit /b 0
