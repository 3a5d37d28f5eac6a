"""The pages that are looked at: who sees them, and where they are."""

from dataclasses import dataclass

GUEST = ""


@dataclass(frozen=True)
class Visit:
    """Somebody and the pages they open; ``follow`` also opens the first link of that kind on a page."""

    who: str
    paths: tuple[str, ...]
    follow: tuple[str, ...] = ()


VISITS = (
    Visit(
        GUEST,
        ("/", "/dang-nhap", "/dang-ky", "/theo-doi", "/so-lieu/", "/so-lieu/cach-tinh", "/theo-doi/y-kien-rieng/cam-on",
         "/doi-thoai/", "/doi-thoai/da-hua-da-lam",
         "/gui-phieu/", "/gui-phieu/nhung-nhieu", "/gui-phieu/loai", "/gui-phieu/lay-lai-ma",
         "/gui-phieu/lay-lai-ma/xac-nhan", "/gui-phieu/van-ban", "/khong-co-trang-nay"),
    ),
    Visit(GUEST, ("/hoi-dap/", "/so-lieu/", "/du-lieu-mo/"), ("/hoi-dap/", "/so-lieu/co-quan/", "/so-lieu/linh-vuc/")),
    Visit("daumoi", ("/cong-bo/", "/cong-bo/van-ban"), ("/cong-bo/phieu/", "/cong-bo/van-ban/")),
    Visit("doanhnghiep",
          ("/doanh-nghiep", "/doanh-nghiep/them-phieu", "/tai-khoan", "/tai-khoan/mat-khau", "/thong-bao"),
          ("/doanh-nghiep/phieu/",)),
    Visit("canbo.thue", ("/can-bo/", "/can-bo/?view=done", "/can-bo/tim?q=thue", "/can-bo/phim-tat",
                         "/can-bo/nhieu-phieu?act=note&code=KH-2026-000001", "/thong-bao"),
          ("/can-bo/phieu/", "/tra-loi", "/bo-sung", "/ghi-chu", "/tra-lai", "/phieu-in")),
    Visit("daumoi", ("/can-bo/?view=triage", "/can-bo/?view=province", "/lanh-dao/"), ("/can-bo/phieu/", "/giao")),
    Visit("lanhdao", ("/bao-cao/",), ("/bao-cao/",)),
    Visit(GUEST, ("/khao-sat/", "/khao-sat/cam-on", "/khao-sat/tra-loi/khong-co")),
    Visit("daumoi", ("/dau-moi/khao-sat/", "/dau-moi/khao-sat/nhap")),
    Visit("daumoi", ("/dau-moi/", "/dau-moi/phan-loai", "/dau-moi/quy-tac", "/dau-moi/nhap", "/mau-tra-loi/",
                     "/mau-tra-loi/moi")),
    Visit("daumoi", ("/hoi-nghi-doi-thoai/", "/hoi-nghi-doi-thoai/viec", "/hoi-nghi-doi-thoai/lap",
                     "/hoi-nghi-doi-thoai/da-hua-da-lam"), ("/hoi-nghi-doi-thoai/viec/",)),
    Visit("lanhdao", ("/hoi-nghi-doi-thoai/",), ("/hoi-nghi-doi-thoai/DT-", "/chuong-trinh")),
    Visit("thanhtra", ("/can-bo/", "/thanh-tra/"), ("/can-bo/phieu/",)),
    Visit("thanhtra", ("/thanh-tra/lich/", "/thanh-tra/lich/can-phoi-hop", "/thanh-tra/lich/ghi",
                       "/thanh-tra/lich/nhap"), ("/thanh-tra/lich/doanh-nghiep/",)),
    Visit("lanhdao", ("/lanh-dao/", "/lanh-dao/cam-ket", "/lanh-dao/du-an", "/lanh-dao/bo-nganh",
                      "/lanh-dao/ban-tin", "/lanh-dao/dang-cho?tre=1")),
    Visit("lanhdao", ("/theo-doi-co-quan/dau-hieu", "/theo-doi-co-quan/ddci"), ("/theo-doi-co-quan/dau-hieu/",)),
    Visit("quantri", ("/quan-tri/", "/quan-tri/cho-xac-nhan", "/quan-tri/danh-muc", "/quan-tri/lich",
                      "/quan-tri/mau-bao-cao",
                      "/quan-tri/nguoi-dung", "/quan-tri/nguoi-dung/moi", "/quan-tri/nhat-ky", "/quan-tri/thoi-han",
                      "/quan-tri/tinh-trang", "/quan-tri/co-quan/so-xd", "/quan-tri/sap-xep",
                      "/quan-tri/quy-trinh-duyet", "/quan-tri/quy-trinh-duyet/so-xd")),
)  # fmt: skip
