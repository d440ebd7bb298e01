#include "library.h"

#include <ratchet/ratchet.h>
#include <windows.h>

#include <string>

#include "core/utf16_win32.h"

namespace ratchet::cli {
namespace {

constexpr const wchar_t* kName = L"ratchet.dll";

/// One of each, filled by load_library().
struct Functions {
  decltype(&ratchet_abi_version) abi_version;
  decltype(&ratchet_version) version;
  decltype(&ratchet_open) open;
  decltype(&ratchet_close) close;
  decltype(&ratchet_call) call;
  decltype(&ratchet_start) start;
  decltype(&ratchet_wait) wait;
  decltype(&ratchet_event) event;
  decltype(&ratchet_result) result;
  decltype(&ratchet_cancel) cancel;
  decltype(&ratchet_release) release;
  decltype(&ratchet_text_data) text_data;
  decltype(&ratchet_text_size) text_size;
  decltype(&ratchet_text_free) text_free;
};

Functions& functions() {
  static Functions all{};
  return all;
}

std::wstring path_of_library() {
  constexpr std::size_t kLongestPath = 32'768;
  std::wstring path(kLongestPath, L'\0');
  path.resize(GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size())));
  return path.substr(0, path.rfind(L'\\') + 1) + kName;
}

std::string what_is_wrong(DWORD error) {
  if (error == ERROR_MOD_NOT_FOUND || error == ERROR_FILE_NOT_FOUND) return "is not there";
  if (error == ERROR_BAD_EXE_FORMAT) return "is no library for this machine (x64)";
  return "cannot be loaded (Windows error " + std::to_string(error) + ")";
}

}  // namespace

void load_library() {
  // By its whole path: a library in the current folder or on PATH may be anybody's.
  const std::wstring path = path_of_library();
  const HMODULE library = LoadLibraryExW(path.c_str(), nullptr, LOAD_WITH_ALTERED_SEARCH_PATH);
  const std::string name = to_utf8(path).value_or("ratchet.dll");
  if (library == nullptr) refuse_library(name, what_is_wrong(GetLastError()));
  const auto find = [&](auto& function, const char* wanted) {
    // Through void*: the compiler knows that the two types of functions differ, and here they must.
    auto* const found = reinterpret_cast<void*>(GetProcAddress(library, wanted));
    if (found == nullptr) refuse_library(name, std::string("has no ") + wanted);
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(found);
  };
  Functions& all = functions();
  // First, before anything else is looked for: an older library may lack functions.
  find(all.abi_version, "ratchet_abi_version");
  find(all.version, "ratchet_version");
  require_abi(name);
  find(all.open, "ratchet_open");
  find(all.close, "ratchet_close");
  find(all.call, "ratchet_call");
  find(all.start, "ratchet_start");
  find(all.wait, "ratchet_wait");
  find(all.event, "ratchet_event");
  find(all.result, "ratchet_result");
  find(all.cancel, "ratchet_cancel");
  find(all.release, "ratchet_release");
  find(all.text_data, "ratchet_text_data");
  find(all.text_size, "ratchet_text_size");
  find(all.text_free, "ratchet_text_free");
}

}  // namespace ratchet::cli

using ratchet::cli::functions;

uint32_t ratchet_abi_version() noexcept {
  return functions().abi_version();
}
const char* ratchet_version() noexcept {
  return functions().version();
}
ratchet_status ratchet_open(const char* options, size_t options_size, ratchet_engine* engine,
                            ratchet_text* error) noexcept {
  return functions().open(options, options_size, engine, error);
}
ratchet_status ratchet_close(ratchet_engine engine) noexcept {
  return functions().close(engine);
}
ratchet_status ratchet_call(ratchet_engine engine, const char* operation, size_t operation_size,
                            const char* request, size_t request_size, ratchet_text* result,
                            ratchet_text* error) noexcept {
  return functions().call(engine, operation, operation_size, request, request_size, result, error);
}
ratchet_status ratchet_start(ratchet_engine engine, const char* operation, size_t operation_size,
                             const char* request, size_t request_size, ratchet_job* job,
                             ratchet_text* error) noexcept {
  return functions().start(engine, operation, operation_size, request, request_size, job, error);
}
ratchet_status ratchet_wait(ratchet_job job, int64_t timeout_ms) noexcept {
  return functions().wait(job, timeout_ms);
}
ratchet_status ratchet_event(ratchet_job job, ratchet_text* event) noexcept {
  return functions().event(job, event);
}
ratchet_status ratchet_result(ratchet_job job, ratchet_text* result, ratchet_text* error) noexcept {
  return functions().result(job, result, error);
}
ratchet_status ratchet_cancel(ratchet_job job, int32_t mode) noexcept {
  return functions().cancel(job, mode);
}
ratchet_status ratchet_release(ratchet_job job) noexcept {
  return functions().release(job);
}
const char* ratchet_text_data(ratchet_text text) noexcept {
  return functions().text_data(text);
}
size_t ratchet_text_size(ratchet_text text) noexcept {
  return functions().text_size(text);
}
ratchet_status ratchet_text_free(ratchet_text text) noexcept {
  return functions().text_free(text);
}
