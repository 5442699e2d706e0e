# Makes the target nlohmann_json::nlohmann_json known: the one that the project around us already
# has, else an installed one, else a fetched one.

if(NOT TARGET nlohmann_json::nlohmann_json)
    include(FetchContent)
    FetchContent_Declare(nlohmann_json
        URL https://github.com/nlohmann/json/releases/download/v3.11.3/json.tar.xz
        URL_HASH SHA256=d6c65aca6b1ed68e7a182f4757257b107ae403032760ed6ef121c9d55e81757d
        DOWNLOAD_EXTRACT_TIMESTAMP TRUE
        FIND_PACKAGE_ARGS 3.7 GLOBAL
    )
    FetchContent_MakeAvailable(nlohmann_json)
endif()
